/**
 * In which order free threads take what is left after the time loop: first what others wait for, then by how long it takes
 * (ms for 63,000 UEs on one core), so that the threads end together.
 */
export const URGENCY = {
  /** data that a thread needs before it can do its part, and what everything else waits for */
  first: 1e6,
  /** the primary classifier: a strategy waits for it */
  primary: 1e5,
  /** strategies wait for all of them */
  links: 5000,
  /** what only the summary waits for */
  least: 900,
  ann: 600,
  "flattened-forecast": 540,
  flattened: 470,
  "flattened-ready": 450,
  group: 320,
  forest: 300,
  svm: 250,
  own: 180,
  logistic: 140,
  bayes: 60,
} as const;
