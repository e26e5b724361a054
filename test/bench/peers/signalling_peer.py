"""The signalling of three satellites in line as a plain event queue: heapq, one tuple per event, a deque per gNB, a function per message.

The model of test/bench/signalling.bench.ts: ordinary handover, every message through queues with drops and retransmissions, random access
with power ramping, re-establishment, messages and bytes summed per cell and second. Reads the UEs' places along the track [km] as a
JSON list. Prints one JSON object. Standard library only.
"""
import heapq
import json
import math
import random
import sys
import time
from collections import deque

RADIUS, SPEED, OVERLAP = 25.0, 7.56, 2000.0
CPUS, LIMIT, RETRIES, RETRY, AGAIN_MS = 4, 500, 15, 20.0, 0.35
AIR, XN, CORE, RRC, CORE_WORK = 3.0, 1.0, 10.0, 10.0, 0.3
RESPONSE, WINDOW, BACKOFF, TRIES, PREAMBLES, DEDICATED = 3.0, 10.0, 20.0, 10, 448, 64
T304, FAILURE, T311 = 500.0, 1010.0, 30000.0
ON_SOURCE = ("reporting", "preparing", "commanded", "stranded")
rng = random.Random(1)


class Cell:
    def __init__(self, number):
        self.number = number
        self.busy = 0
        self.queue = deque()
        self.dedicated = DEDICATED
        self.occasions = {}
        self.seconds = {}


class Handover:
    def __init__(self, at, source, target):
        self.at, self.source, self.target = at, source, target
        self.until = at + OVERLAP
        self.target_from = at - OVERLAP
        self.target_until = at + 2 * OVERLAP + 2 * RADIUS / SPEED * 1000
        self.state = "idle"
        self.outcome = None
        self.before = self.next = None
        self.due = False
        self.phase = 0
        self.cell = target
        self.tries = 0
        self.heard = self.met = self.dedicated = False
        self.deadline = 0.0

    def usable(self, cell, at):
        if cell is self.source:
            return at <= self.until
        return self.target_from <= at <= self.target_until


class Message:
    def __init__(self, name, size, work, way, sender, receiver, react):
        self.name, self.size, self.work, self.way = name, size, work, way
        self.sender, self.receiver, self.react = sender, receiver, react


events = []
order = 0
messages = 0


def push(at, what, h, *data):
    """An event of a handover, void once its phase is another."""
    global order
    order += 1
    heapq.heappush(events, (at, order, what, h, h.phase, data))


def book(cell, size, at):
    global messages
    messages += 1
    sums = cell.seconds.setdefault(int(at // 1000), [0, 0])
    sums[0] += 1
    sums[1] += size


def part(h, role):
    return h.source if role == "source" else h.target if role == "target" else h.cell


def send(h, message, at, again=0):
    """Puts a message on its way; answers whether the air lets it through."""
    to_gnb = message.receiver not in ("ue", "core")
    book(part(h, message.receiver if to_gnb else message.sender), message.size, at)
    if message.receiver == "ue" and not h.usable(part(h, message.sender), at + message.way):
        return radio_lost(h, message, at)
    if message.sender == "ue" and not h.usable(part(h, message.receiver), at):
        return radio_lost(h, message, at)
    if to_gnb:
        push(at + message.way, arrive, h, message, again)
    else:
        push(at + message.way + message.work, message.react, h)
    return True


def radio_lost(h, message, at):
    if message is COMPLETE:
        push(at + FAILURE, target_lost, h)
    elif message in (AGAIN_REQUEST, AGAIN, AGAIN_COMPLETE):
        push(max(at, h.deadline), not_found, h)
    return False


def arrive(h, at, valid, message, again):
    """A message comes to a gNB: served, queued, or dropped and sent again."""
    cell = part(h, message.receiver)
    work = AGAIN_MS if again else message.work
    job = (h, message, h.phase if valid else None, work)
    if cell.busy < CPUS:
        cell.busy += 1
        push(at + work, served, h, cell, job)
    elif len(cell.queue) < LIMIT:
        cell.queue.append(job)
    elif valid or message is STATUS:
        if again < RETRIES:
            send(h, message, max(at, at - message.way + RETRY), again + 1)
        elif message is not STATUS:
            network_failed(h, at)


def served(h, at, valid, cell, job):
    """A processor is done with a message and takes the next one."""
    if cell.queue:
        following = cell.queue.popleft()
        push(at + following[3], served, following[0], cell, following)
    else:
        cell.busy -= 1
    h, message, phase, _ = job
    if message is not STATUS and phase == h.phase and h.state != "ended":
        message.react(h, at, True)


def start(h, at, valid):
    if h.before is not None and h.before.state != "ended":
        h.before.due = True
        return
    if h.until + FAILURE <= at:
        h.outcome = "radio-link-failure"
        search(h, at)
        return
    push(h.until + FAILURE, link_failed, h)
    h.state = "reporting"
    send(h, REPORT, at)


def end(h, at):
    h.state = "ended"
    h.outcome = h.outcome or "success"
    release_preamble(h)
    if h.due:
        push(at, start, h.next)


def network_failed(h, at):
    """Given up: a UE still at its source stays there until that fails, or until its next handover."""
    h.outcome = h.outcome or "overload"
    saved = h.next is not None and h.next.at < h.until + FAILURE
    if h.state in ON_SOURCE and not saved:
        h.state = "stranded"
    else:
        end(h, at)


def link_failed(h, at, valid):
    if valid and h.state in ON_SOURCE:
        h.outcome = h.outcome or "too-late"
        search(h, at)


def target_lost(h, at, valid):
    if valid:
        h.outcome = h.outcome or ("too-early" if at <= h.until else "wrong-cell")
        search(h, at)


def search(h, at):
    """Re-establishment: at the source while that can be used, else at the target."""
    release_preamble(h)
    h.phase += 1
    h.state = "searching"
    h.deadline = at + T311
    if h.usable(h.source, at):
        h.cell = h.source
        push(at, found, h)
    elif h.usable(h.target, at):
        h.cell = h.target
        push(at, found, h)
    else:
        served_at = max(at, h.next.at) if h.next is not None else math.inf
        push(min(h.deadline, served_at), not_found, h)


def not_found(h, at, valid):
    if valid:
        end(h, at)


def found(h, at, valid):
    if valid:
        access(h, at, "reaccessing")


def access(h, at, state):
    h.state, h.tries, h.heard = state, 0, False
    choose(h, at, True)


def choose(h, at, valid):
    """Takes a preamble for the next occasion, which comes every millisecond."""
    if not valid:
        return
    occasion = math.floor(at) + 1.0
    h.met = False
    if not h.dedicated:
        key = (occasion, rng.randrange(PREAMBLES))
        other = h.cell.occasions.setdefault(key, h)
        if other is not h:
            h.met = other.met = True
    before_deadline(h, occasion, transmit)


def before_deadline(h, at, what):
    if at <= h.deadline:
        push(at, what, h)
    else:
        push(h.deadline, expired, h)


def transmit(h, at, valid):
    if not valid:
        return
    book(h.cell, 0, at)
    h.tries += 1
    answered = at + 2 * AIR + RESPONSE
    usable = h.usable(h.cell, at)
    h.heard = h.heard or usable
    detected = rng.random() < 1 - math.exp(-h.tries)
    if usable and detected and not h.met and h.usable(h.cell, answered):
        book(h.cell, 10, at + AIR + RESPONSE)
        before_deadline(h, answered, accessed)
        return
    closed = at + 2 * AIR + WINDOW
    if h.tries >= TRIES:
        before_deadline(h, closed, access_failed)
    else:
        before_deadline(h, closed + rng.random() * BACKOFF, choose)


def release_preamble(h):
    if h.dedicated:
        h.dedicated = False
        h.target.dedicated += 1


def accessed(h, at, valid):
    if not valid:
        return
    release_preamble(h)
    if h.state == "accessing":
        h.state = "completing"
        send(h, COMPLETE, at)
    else:
        h.state = "requesting"
        send(h, AGAIN_REQUEST, at)


def expired(h, at, valid):
    if valid:
        fail_access(h, at, "t304-expiry")


def access_failed(h, at, valid):
    if valid:
        fail_access(h, at, "rach-failure")


def fail_access(h, at, outcome):
    if h.state == "reaccessing":
        end(h, at)
        return
    if not h.heard and at <= h.until:
        outcome = "too-early"
    elif not h.heard:
        outcome = "t304-expiry" if h.usable(h.target, at) else "wrong-cell"
    h.outcome = h.outcome or outcome
    search(h, at)


def on_report(h, at, valid):
    h.state = "preparing"
    send(h, REQUEST, at)


def on_request(h, at, valid):
    if h.target.dedicated > 0:
        h.target.dedicated -= 1
        h.dedicated = True
    send(h, ACKNOWLEDGE, at)


def on_acknowledge(h, at, valid):
    h.state = "commanded"
    send(h, COMMAND, at)
    send(h, STATUS, at)


def on_command(h, at, valid):
    if valid:
        h.deadline = at + T304
        access(h, at, "accessing")


def on_complete(h, at, valid):
    h.state = "switching"
    send(h, SWITCH, at)


def on_switch(h, at, valid):
    send(h, SWITCHED, at)


def on_switched(h, at, valid):
    h.state = "releasing"
    send(h, RELEASE, at)


def on_release(h, at, valid):
    end(h, at)


def on_again_request(h, at, valid):
    if h.cell is h.source:
        send(h, AGAIN, at)
    else:
        send(h, RETRIEVE, at)


def on_retrieve(h, at, valid):
    send(h, RETRIEVED, at)


def on_retrieved(h, at, valid):
    send(h, AGAIN, at)


def on_again(h, at, valid):
    if valid:
        send(h, AGAIN_COMPLETE, at)


def on_again_complete(h, at, valid):
    if h.cell is h.source:
        end(h, at)
    else:
        h.state = "switching"
        send(h, SWITCH, at)


REPORT = Message("report", 40, 0.35, AIR, "ue", "source", on_report)
REQUEST = Message("request", 1000, 0.3, XN, "source", "target", on_request)
ACKNOWLEDGE = Message("acknowledge", 400, 0.3, XN, "target", "source", on_acknowledge)
COMMAND = Message("command", 250, RRC, AIR, "source", "ue", on_command)
STATUS = Message("status transfer", 100, 0.3, XN, "source", "target", None)
COMPLETE = Message("complete", 15, 0.3, AIR, "ue", "target", on_complete)
SWITCH = Message("path switch", 200, CORE_WORK, CORE, "target", "core", on_switch)
SWITCHED = Message("path switched", 150, 0.15, CORE, "core", "target", on_switched)
RELEASE = Message("release", 40, 0.3, XN, "target", "source", on_release)
AGAIN_REQUEST = Message("re-establishment request", 10, 0.3, AIR, "ue", "cell", on_again_request)
RETRIEVE = Message("retrieve context", 100, 0.3, XN, "cell", "source", on_retrieve)
RETRIEVED = Message("context", 1000, 0.3, XN, "source", "cell", on_retrieved)
AGAIN = Message("re-establishment", 20, RRC, AIR, "cell", "ue", on_again)
AGAIN_COMPLETE = Message("re-establishment complete", 15, 0.3, AIR, "ue", "cell", on_again_complete)

cells = [Cell(1), Cell(2), Cell(3)]
handovers = []
for x in json.load(sys.stdin):
    first = Handover((x + RADIUS) / SPEED * 1000, cells[0], cells[1])
    second = Handover((x + 3 * RADIUS) / SPEED * 1000, cells[1], cells[2])
    first.next, second.before = second, first
    handovers += [first, second]

started = time.perf_counter()
for h in handovers:
    push(h.at, start, h)
while events:
    at, _, what, h, phase, data = heapq.heappop(events)
    what(h, at, phase == h.phase and h.state != "ended", *data)
seconds = time.perf_counter() - started

outcomes = {}
for h in handovers:
    outcomes[h.outcome] = outcomes.get(h.outcome, 0) + 1
print(json.dumps({"seconds": seconds, "messages": messages, "outcomes": outcomes}))
