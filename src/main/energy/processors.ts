/**
 * Thermal design power [W] and hardware threads by model, from the makers' public pages (Intel ARK: "TDP" or "Processor
 * Base Power"; AMD product specifications: "Default TDP"; of a configurable range its upper end). Apple prints none.
 */
const MODELS: readonly (readonly [name: string, watts: number, threads: number])[] = [
  ["Xeon E5-2620 v4", 85, 16],
  ["Xeon E5-2650 v4", 105, 24],
  ["Xeon E5-2680 v3", 120, 24],
  ["Xeon E5-2680 v4", 120, 28],
  ["Xeon E5-2690 v4", 135, 28],
  ["Xeon Silver 4210", 85, 20],
  ["Xeon Silver 4214", 85, 24],
  ["Xeon Silver 4310", 120, 24],
  ["Xeon Gold 5218", 125, 32],
  ["Xeon Gold 6226R", 150, 32],
  ["Xeon Gold 6230", 125, 40],
  ["Xeon Gold 6248", 150, 40],
  ["Xeon Gold 6330", 205, 56],
  ["Xeon Gold 6338", 205, 64],
  ["Xeon Gold 6430", 270, 64],
  ["Xeon Platinum 8260", 165, 48],
  ["Xeon Platinum 8280", 205, 56],
  ["Xeon Platinum 8358", 250, 64],
  ["Xeon Platinum 8380", 270, 80],
  ["Xeon Platinum 8480+", 350, 112],
  ["Xeon Platinum 8490H", 350, 120],
  ["EPYC 7302", 155, 32],
  ["EPYC 7313", 155, 32],
  ["EPYC 7402", 180, 48],
  ["EPYC 7443", 200, 48],
  ["EPYC 7502", 180, 64],
  ["EPYC 7513", 200, 64],
  ["EPYC 7543", 225, 64],
  ["EPYC 7551", 180, 64],
  ["EPYC 7702", 200, 128],
  ["EPYC 7713", 225, 128],
  ["EPYC 7742", 225, 128],
  ["EPYC 7763", 280, 128],
  ["EPYC 9354", 280, 64],
  ["EPYC 9554", 360, 128],
  ["EPYC 9654", 360, 192],
  ["EPYC 9754", 360, 256],
  ["Ryzen Threadripper 3970X", 280, 64],
  ["Ryzen Threadripper 3990X", 280, 128],
  ["Ryzen 7 3700X", 65, 16],
  ["Ryzen 9 3900X", 105, 24],
  ["Ryzen 5 5600X", 65, 12],
  ["Ryzen 7 5800X", 105, 16],
  ["Ryzen 9 5900X", 105, 24],
  ["Ryzen 9 5950X", 105, 32],
  ["Ryzen 5 7600X", 105, 12],
  ["Ryzen 7 7700X", 105, 16],
  ["Ryzen 9 7900X", 170, 24],
  ["Ryzen 9 7950X", 170, 32],
  ["Ryzen 9 9950X", 170, 32],
  ["Ryzen 7 4700U", 15, 8],
  ["Ryzen 7 5800U", 15, 16],
  ["Ryzen 7 5800H", 45, 16],
  ["Ryzen 7 6800U", 28, 16],
  ["Ryzen 7 7840U", 28, 16],
  ["Ryzen 7 7840HS", 54, 16],
  ["Core i5-8250U", 15, 8],
  ["Core i7-8550U", 15, 8],
  ["Core i7-8565U", 15, 8],
  ["Core i7-8750H", 45, 12],
  ["Core i5-10210U", 15, 8],
  ["Core i7-10510U", 15, 8],
  ["Core i7-10750H", 45, 12],
  ["Core i5-1135G7", 28, 8],
  ["Core i7-1165G7", 28, 8],
  ["Core i7-1185G7", 28, 8],
  ["Core i7-11800H", 45, 16],
  ["Core i5-1240P", 28, 16],
  ["Core i7-1260P", 28, 16],
  ["Core i7-1360P", 28, 16],
  ["Core i7-12700H", 45, 20],
  ["Core i7-13700H", 45, 20],
  ["Core i9-13900H", 45, 20],
  ["Core i7-6700", 65, 8],
  ["Core i7-7700", 65, 8],
  ["Core i7-7700K", 91, 8],
  ["Core i7-8700K", 95, 12],
  ["Core i7-9700K", 95, 8],
  ["Core i9-9900K", 95, 16],
  ["Core i7-10700K", 125, 16],
  ["Core i9-10900K", 125, 20],
  ["Core i5-12600K", 125, 16],
  ["Core i7-12700K", 125, 20],
  ["Core i9-12900K", 125, 24],
  ["Core i5-13600K", 125, 20],
  ["Core i7-13700K", 125, 24],
  ["Core i9-13900K", 125, 32],
  ["Core i9-14900K", 125, 32],
];

/** Power of a processor that no table names [W]: CodeCarbon's constant, of which it takes half whatever the load. */
export const UNKNOWN_TDP_W = 85;
export const UNKNOWN_SHARE = 0.5;

export interface DesignPower {
  name: string;
  /** W of the part of the processors that this machine sees */
  watts: number;
  /** logical processors seen, and those of one processor of this model */
  seen: number;
  threads: number;
}

const words = (text: string) =>
  ` ${text
    .toLowerCase()
    .replace(/\(r\)|\(tm\)|®|™/g, " ")
    .replace(/[\s@]+/g, " ")
    .trim()} `.replace(/ (cpu|processor) /g, " ");

/**
 * Design power of the processors by the name that the system gives them; null where the table has none. Two sockets show
 * twice the threads of one, a virtual machine a part of them: the power goes with the threads seen.
 */
export function designPower(model: string, seen: number): DesignPower | null {
  const given = words(model);
  const found = MODELS.find(([name]) => given.includes(words(name)));
  if (!found) return null;
  const [name, watts, threads] = found;
  return { name, watts: (watts * seen) / threads, seen, threads };
}
