/**
 * Group handover: UEs of one cluster that make the same transition within a short time go together, with one
 * preparation and one command carrying the configuration they have in common (after Dahouda et al. 2023).
 *
 * The representative is the member whose own instant is the median, the earlier of two: among all instants it is the one that
 * moves the members least in sum, and it needs no positions. The group goes at that instant, moved as little as possible into
 * the time at which every member's window is open.
 * Leaves out: sharing between groups, and a search for the least number of groups (members join the first that fits).
 */

/** Individual handovers, by attempt. Times in ms; windows are left out where nobody knows them. */
export interface Individuals {
  count: number;
  timeMs: Float64Array;
  source: Uint32Array;
  target: Uint32Array;
  /** −1: in no cluster, goes alone */
  cluster: Int32Array;
  windows?: { earliestMs: Float64Array; latestMs: Float64Array };
}

export interface GroupSettings {
  /** the members' own instants lie within this of one another */
  windowMs: number;
  maxSize: number;
}

export interface Grouped {
  groups: number;
  /** [attempt] number of its group, −1 alone */
  groupOf: Int32Array;
  /** [attempt] instant of its group; its own if alone */
  timeMs: Float64Array;
  /** [group] the attempt whose UE stands for the others */
  representative: Uint32Array;
  /** [group] members, two or more */
  size: Uint32Array;
  /** one for each group and each that goes alone */
  commands: number;
}

interface Group {
  /** in the order of their instants */
  members: number[];
  /** when every member's window is open */
  earliestMs: number;
  latestMs: number;
}

function inOrder({ count, source, target, cluster, timeMs }: Individuals): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, attempt) => attempt);
  return order.sort(
    (a, b) =>
      source[a] - source[b] ||
      target[a] - target[b] ||
      cluster[a] - cluster[b] ||
      timeMs[a] - timeMs[b] ||
      a - b,
  );
}

/** Takes the member in if the windows of all still meet. */
function joins(group: Group, attempt: number, earliestMs: number, latestMs: number): boolean {
  const from = Math.max(group.earliestMs, earliestMs);
  const until = Math.min(group.latestMs, latestMs);
  if (!(from <= until)) return false;
  group.earliestMs = from;
  group.latestMs = until;
  group.members.push(attempt);
  return true;
}

/** Every attempt with a cluster and a window, in a group that may stay alone. */
function gather(input: Individuals, { windowMs, maxSize }: GroupSettings): Group[] {
  const { source, target, cluster, timeMs, windows } = input;
  const groups: Group[] = [];
  let open: Group[] = [];
  for (const attempt of inOrder(input)) {
    if (cluster[attempt] < 0) continue;
    const earliestMs = windows ? windows.earliestMs[attempt] : -Infinity;
    const latestMs = windows ? windows.latestMs[attempt] : Infinity;
    if (!(earliestMs <= latestMs)) continue;
    open = open.filter(({ members: [one, ...rest] }) => {
      const same =
        source[one] === source[attempt] &&
        target[one] === target[attempt] &&
        cluster[one] === cluster[attempt];
      return same && timeMs[attempt] - timeMs[one] <= windowMs && rest.length + 1 < maxSize;
    });
    if (open.some((group) => joins(group, attempt, earliestMs, latestMs))) continue;
    const alone = { members: [attempt], earliestMs, latestMs };
    groups.push(alone);
    open.push(alone);
  }
  return groups;
}

export function groupAttempts(input: Individuals, settings: GroupSettings): Grouped {
  const together = gather(input, settings).filter(({ members }) => members.length > 1);
  const groupOf = new Int32Array(input.count).fill(-1);
  const timeMs = input.timeMs.slice(0, input.count);
  const representative = new Uint32Array(together.length);
  let grouped = 0;
  together.forEach(({ members, earliestMs, latestMs }, group) => {
    representative[group] = members[(members.length - 1) >> 1];
    const atMs = Math.min(latestMs, Math.max(earliestMs, input.timeMs[representative[group]]));
    for (const attempt of members) {
      groupOf[attempt] = group;
      timeMs[attempt] = atMs;
    }
    grouped += members.length;
  });
  return {
    groups: together.length,
    groupOf,
    timeMs,
    representative,
    size: Uint32Array.from(together, ({ members }) => members.length),
    commands: input.count - grouped + together.length,
  };
}
