/** What a run is told beside its attempts; names and units as in `SignallingSettings`. */
export let capacity: i32 = 0;
export let interSatelliteMs: f64 = 0;
export let coreMs: f64 = 0;
export let sib19Ms: f64 = 0;
export let t304Ms: f64 = 0;
export let t311Ms: f64 = 0;
export let t430Ms: f64 = 0;
export let minTimeOfStayMs: f64 = 0;
export let maxRetransmissions: i32 = 0;
export let retryMs: f64 = 0;
export let retransmissionMs: f64 = 0;
/** from the end of a link to its failure */
export let failureDelayMs: f64 = 0;
/** whether what procedures send can grow by those that join them */
export let isGrouped: bool = false;
export let keepRows: bool = false;

export let cpus: i32 = 0;
export let queueLimit: i32 = 0;

/** places of an occasion: frequencies × preambles */
export let places: i32 = 0;
export let dedicatedPreambles: i32 = 0;
export let triesMax: i32 = 0;
export let backoffMs: f64 = 0;
export let responseWindowMs: f64 = 0;
export let responseMs: f64 = 0;
/** occasions lie in the frames n with n mod x = y */
export let frameX: i32 = 0;
export let frameY: i32 = 0;
export let subframeCount: i32 = 0;

export let seed: i32 = 0;
/** key of the stream of draws */
export let stream: i32 = 0;
