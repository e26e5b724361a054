/**
 * Numbers that the compiled engine and the tables of `messages.ts`, `procedure.ts` and `attempts.ts` share: each is its name's place there.
 * This file is compiled by both, so it holds nothing but constants.
 */

/** messages */
export const REPORT = 0;
export const REQUEST = 1;
export const ACKNOWLEDGE = 2;
export const REFUSAL = 3;
export const COMMAND = 4;
export const STATUS = 5;
export const PREAMBLE = 6;
export const RESPONSE = 7;
export const COMPLETE = 8;
export const SWITCH = 9;
export const SWITCHED = 10;
export const RELEASE = 11;
export const CONFIGURE = 12;
export const CONFIGURED = 13;
export const SUCCESS = 14;
export const CANCEL = 15;
export const AGAIN_REQUEST = 16;
export const RETRIEVE = 17;
export const RETRIEVED = 18;
export const AGAIN = 19;
export const AGAIN_COMPLETE = 20;
export const MESSAGE_COUNT = 21;

/** roles */
export const UE = 0;
export const SOURCE = 1;
export const TARGET = 2;
export const OTHER = 3;
export const CORE = 4;
export const CELL = 5;

/** interfaces */
export const UU = 0;
export const XN = 1;
export const NG = 2;

/** events of a machine beyond "message n has been processed", which is event n */
export const E_START = 21;
export const E_JOIN = 22;
export const E_ALONE = 23;
export const E_SHARED = 24;
export const E_PREPARED = 25;
export const E_REFUSED = 26;
export const E_CONDITION = 27;
export const E_ACCESSED = 28;
export const E_ACCESS_FAILED = 29;
export const E_RADIO_LINK_FAILURE = 30;
export const E_TARGET_LOST = 31;
export const E_FOUND = 32;
export const E_NOT_FOUND = 33;
export const E_OVERLOAD = 34;
export const E_COMPLETE_INSIDE = 35;
export const E_STRANDED = 36;
export const E_CONTEXT_HERE = 37;
export const E_STAY_SHORT = 38;
export const E_BACK_AT_SOURCE = 39;
export const EVENT_COUNT = 40;

/** what a transition does beyond sending messages */
export const A_PREPARE = 21;
export const A_ACCESS = 22;
export const A_SEARCH = 23;
export const A_CANCEL = 24;
export const A_END = 25;

/** states that the engine asks for */
export const GROUPED = 1;
export const REPORTING = 2;
export const PREPARING = 3;
export const COMMANDED = 4;
export const CONFIGURING = 5;
export const WAITING = 6;
export const ACCESSING = 7;
export const COMPLETING = 8;
export const STRANDED = 13;
export const REQUESTING = 16;
export const RETRIEVING = 17;
export const FETCHING = 18;
export const REESTABLISHING = 20;
export const ENDED = 21;
export const STATE_COUNT = 22;

/** outcomes */
export const O_SUCCESS = 0;
export const O_TOO_LATE = 1;
export const O_TOO_EARLY = 2;
export const O_WRONG_CELL = 3;
export const O_REFUSED = 4;
export const O_RACH_FAILURE = 5;
export const O_T304_EXPIRY = 6;
export const O_RADIO_LINK_FAILURE = 7;
export const O_OVERLOAD = 8;
export const RUNNING = 255;

/** CHO candidates of a UE beside the target: up to seven (maxNrofCondCells) */
export const OTHERS = 7;

/** waits that the chart of a procedure names */
export const READ_SIB19 = 0;
export const WAIT_OCCASION = 1;
export const PREPARE_RESPONSE = 2;
export const LOOK_FOR_CELL = 3;
export const WAIT_RESPONSE = 4;
export const BACK_OFF = 5;
export const WAIT_CONDITION = 6;
export const LINK_LOST = 7;
export const NO_LINK = 8;
export const NO_CELL = 9;
export const SEND_AGAIN = 10;
export const WAIT_GROUP = 11;
export const STAY_AT_SOURCE = 12;
export const STAY_AT_TARGET = 13;
export const WAIT_T311 = 14;

/** directions of user data */
export const DOWN = 0;
export const UP = 1;
