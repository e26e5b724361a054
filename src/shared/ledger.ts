/** What a kind of message is: its name, where it goes, and from and to whom, by role. */
export interface MessageKind {
  name: string;
  interface: string;
  from: string;
  to: string;
}

/** Every message of a run's handovers in the order of sending, lost ones too: typed arrays of one length. */
export interface Ledger {
  kinds: readonly MessageKind[];
  /** ms since the start of the run */
  timeMs: Float64Array;
  /** cell number of the run: the one whose gNB works on it, or the sender's where the receiver is a UE or the core */
  cell: Uint32Array;
  /** place in `kinds` */
  kind: Uint8Array;
  bytes: Uint32Array;
}

export interface KindTotal extends MessageKind {
  messages: number;
  bytes: number;
}

/** How often each kind was sent, and its bytes; kinds that nobody sent stand with 0. */
export function kindTotals({ kinds, kind, bytes }: Ledger): KindTotal[] {
  const totals = kinds.map((what) => ({ ...what, messages: 0, bytes: 0 }));
  for (let i = 0; i < kind.length; i++) {
    const total = totals[kind[i]];
    total.messages++;
    total.bytes += bytes[i];
  }
  return totals;
}

export interface InterfaceTotal {
  interface: string;
  messages: number;
  bytes: number;
}

/** The same by interface, in the order of the kinds. */
export function interfaceTotals(kinds: readonly KindTotal[]): InterfaceTotal[] {
  const totals = new Map<string, InterfaceTotal>();
  for (const { interface: way, messages, bytes } of kinds) {
    const total = totals.get(way) ?? { interface: way, messages: 0, bytes: 0 };
    totals.set(way, { ...total, messages: total.messages + messages, bytes: total.bytes + bytes });
  }
  return [...totals.values()];
}
