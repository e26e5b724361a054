"""The signalling of three satellites in line as a plain event queue: heapq, one tuple per event, a deque per gNB.

The model of test/bench/signalling.bench.ts: ordinary handover, every message through queues with drops and retransmissions,
random access with power ramping. Argument: number of UEs. Prints one JSON object. Standard library only.
"""
import heapq
import json
import math
import random
import sys
import time
from collections import deque

UES = int(sys.argv[1])
RADIUS, SPEED, OVERLAP = 25.0, 7.56, 2000.0
CPUS, LIMIT, RETRIES, RETRY, AGAIN = 4, 500, 15, 20.0, 0.35
AIR, XN, CORE, RRC, RESPONSE, WINDOW, BACKOFF, TRIES, T304 = 3.0, 1.0, 10.0, 10.0, 3.0, 10.0, 20.0, 10, 500.0
FAILURE, T311 = 1010.0, 30000.0
SERVICE = {
    "report": 0.35, "request": 0.3, "ack": 0.3, "status": 0.3, "complete": 0.3, "switched": 0.15, "release": 0.3,
    "again": 0.3, "retrieve": 0.3, "retrieved": 0.3, "again_complete": 0.3,
}
WAY = {"report": AIR, "request": XN, "ack": XN, "status": XN, "complete": AIR, "switched": CORE, "release": XN,
       "again": AIR, "retrieve": XN, "retrieved": XN, "again_complete": AIR}
AT_SOURCE = {"report", "ack", "release", "retrieve"}
rng = random.Random(1)


class Node:
    def __init__(self):
        self.busy = 0
        self.queue = deque()


class Handover:
    def __init__(self, at, ue, hop):
        self.at, self.ue, self.hop = at, ue, hop
        self.until = at + OVERLAP
        self.state = "idle"
        self.outcome = None
        self.next = None
        self.due = False
        self.before = None
        self.tries = 0
        self.deadline = 0.0
        self.reaccess = False


handovers = []
for ue in range(UES):
    x = RADIUS * math.sqrt(rng.random()) * math.cos(2 * math.pi * rng.random())
    first = Handover((x + RADIUS) / SPEED * 1000, ue, 0)
    second = Handover((x + 3 * RADIUS) / SPEED * 1000, ue, 1)
    first.next, second.before = second, first
    handovers += [first, second]

started = time.perf_counter()
nodes = [Node(), Node(), Node()]
events = []
messages = 0
order = 0
chosen = {}


def push(at, what, h, data=None):
    global order
    order += 1
    heapq.heappush(events, (at, order, what, h, data))


def send(h, kind, at, again=0):
    global messages
    messages += 1
    push(at + WAY[kind], "arrive", h, (kind, again))


def end(h, at, outcome):
    h.outcome = h.outcome or outcome
    h.state = "ended"
    if h.due:
        push(at, "start", h.next)


def choose(h, at):
    occasion = math.floor(at) + 1.0
    if occasion > h.deadline:
        push(h.deadline, "expire", h)
        return
    h.met = False
    if not h.dedicated:
        place = (h.hop, occasion, rng.randrange(448))
        other = chosen.get(place)
        if other is not None:
            h.met = other.met = True
        else:
            chosen[place] = h
    push(occasion, "occasion", h)


def strand(h, at, outcome):
    h.outcome = outcome
    if h.next is not None and h.next.at < h.until + FAILURE:
        end(h, at, outcome)
    else:
        h.state = "stranded"


left = [0, 64, 64]


def release(h):
    if h.dedicated:
        h.dedicated = False
        left[h.hop + 1] += 1


def done(h, kind, at):
    """A gNB has worked on a message."""
    global messages
    if kind == "status" or h.state == "ended":
        return
    if kind == "report" and h.state == "reporting":
        h.state = "preparing"
        send(h, "request", at)
    elif kind == "request" and h.state == "preparing":
        cell = h.hop + 1
        if left[cell] > 0:
            left[cell] -= 1
            h.dedicated = True
        send(h, "ack", at)
    elif kind == "ack" and h.state == "preparing":
        h.state = "commanded"
        messages += 1
        if at + AIR <= h.until:
            push(at + AIR + RRC, "command", h)
        send(h, "status", at)
    elif kind == "complete" and h.state == "completing":
        h.state = "switching"
        messages += 1
        push(at + CORE + 0.3, "core", h)
    elif kind == "switched":
        send(h, "release", at)
    elif kind == "release":
        end(h, at, "success")
    elif kind == "again":
        send(h, "retrieve", at)
    elif kind == "retrieve":
        send(h, "retrieved", at)
    elif kind == "retrieved":
        messages += 1
        push(at + AIR + RRC, "answer", h)
    elif kind == "again_complete":
        messages += 1
        push(at + CORE + 0.3, "core", h)


for h in handovers:
    h.dedicated = False
    push(h.at, "start", h)

while events:
    at, _, what, h, data = heapq.heappop(events)
    if what == "arrive":
        kind, again = data
        node = nodes[h.hop if kind in AT_SOURCE else h.hop + 1]
        service = AGAIN if again else SERVICE[kind]
        if node.busy < CPUS:
            node.busy += 1
            push(at + service, "finish", h, (kind, node))
        elif len(node.queue) < LIMIT:
            node.queue.append((h, kind, service))
        elif h.state not in ("ended", "searching", "stranded") or kind == "status":
            if again < RETRIES:
                sent = max(at, at - WAY[kind] + RETRY)
                if kind != "report" or sent <= h.until:
                    send(h, kind, sent, again + 1)
                else:
                    messages += 1
            elif kind != "status":
                if h.state in ("reporting", "preparing"):
                    strand(h, at, "overload")
                else:
                    end(h, at, "overload")
    elif what == "finish":
        kind, node = data
        if node.queue:
            other, other_kind, service = node.queue.popleft()
            push(at + service, "finish", other, (other_kind, node))
        else:
            node.busy -= 1
        done(h, kind, at)
    elif what == "start":
        if h.before is not None and h.before.state != "ended":
            h.before.due = True
            continue
        if h.until + FAILURE <= at:
            h.state, h.outcome = "searching", "radio-link-failure"
            push(at, "found", h)
            continue
        h.state = "reporting"
        push(h.until + FAILURE, "failure", h)
        if at <= h.until:
            send(h, "report", at)
        else:
            messages += 1
    elif what == "failure":
        if h.state in ("reporting", "preparing", "commanded", "stranded"):
            h.outcome = h.outcome or "too-late"
            h.state = "searching"
            release(h)
            push(at, "found", h)
    elif what == "found":
        h.state, h.reaccess, h.tries = "accessing", True, 0
        h.deadline = at + T311
        choose(h, at)
    elif what == "command" and h.state == "commanded":
        h.state, h.tries, h.deadline = "accessing", 0, at + T304
        choose(h, at)
    elif what == "choose":
        choose(h, at)
    elif what == "occasion":
        messages += 1
        h.tries += 1
        chance, backoff = rng.random(), rng.random() * BACKOFF
        if not h.met and chance < 1 - math.exp(-h.tries):
            messages += 1
            answered = at + 2 * AIR + RESPONSE
            push(min(answered, h.deadline), "accessed" if answered <= h.deadline else "expire", h)
        else:
            closed = at + 2 * AIR + WINDOW
            if h.tries >= TRIES:
                push(closed, "expire", h)
            else:
                push(closed + backoff, "choose", h)
    elif what == "accessed":
        release(h)
        h.state = "completing"
        send(h, "again" if h.reaccess else "complete", at)
    elif what == "answer":
        send(h, "again_complete", at)
    elif what == "core":
        messages += 1
        push(at + CORE, "arrive", h, ("switched", 0))
    elif what == "expire":
        release(h)
        h.outcome = h.outcome or ("rach-failure" if h.tries >= TRIES else "t304-expiry")
        if h.reaccess:
            end(h, at, h.outcome)
        else:
            h.state = "searching"
            push(at, "found", h)

seconds = time.perf_counter() - started
outcomes = {}
for h in handovers:
    outcomes[h.outcome or "none"] = outcomes.get(h.outcome or "none", 0) + 1
print(json.dumps({"seconds": seconds, "messages": messages, "outcomes": outcomes}))
