/** What is known of each message, by its number. */
import { allocate } from "./memory";
import { CANCEL, CONFIGURED, MESSAGE_COUNT, STATUS, SUCCESS } from "./numbers";

@unmanaged
export class Message {
  /** work at a gNB; at a receiver that is none */
  serviceMs: f64;
  workMs: f64;
  bytes: u32;
  memberBytes: u32;
  /** how often it was sent */
  sent: u32;
  interface: u8;
  /** role of the cell that it is booked to, and of its sender */
  at: u8;
  from: u8;
  /** 1: a gNB works on it */
  toGnb: u8;
}

const messages: usize = allocate(MESSAGE_COUNT, offsetof<Message>());

export function message(kind: i32): Message {
  return changetype<Message>(messages + <usize>kind * offsetof<Message>());
}

/** Whether it matters whatever has become of the procedure. */
export function isAside(kind: i32): bool {
  const kinds = (1 << STATUS) | (1 << CANCEL) | (1 << SUCCESS) | (1 << CONFIGURED);
  return ((kinds >> kind) & 1) === 1;
}
