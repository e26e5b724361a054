import type { Page } from "@playwright/test";

/** Opacity of a UE's dot, and the dimmed Earth under it. */
const DOT_OPACITY = 0.8;
const UNDER = [40, 42, 40] as const;
const NEAR = 34;

function expected(colour: string): number[] {
  const n = Number.parseInt(colour.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255].map((c, i) => c * DOT_OPACITY + UNDER[i]! * (1 - DOT_OPACITY));
}

/** How many pixels of a PNG are near each colour; the page itself decodes the picture. */
export async function coloursIn(page: Page, png: string, colours: string[]): Promise<number[]> {
  const wanted = colours.map(expected);
  return page.evaluate(
    async ({ png: data, wanted: targets, near }) => {
      const pixels = await pixelsOf(data);
      const counts = targets.map(() => 0);
      for (let i = 0; i < pixels.length; i += 4)
        for (const [k, [r, g, b]] of targets.entries())
          if (Math.hypot(pixels[i]! - r!, pixels[i + 1]! - g!, pixels[i + 2]! - b!) < near) counts[k]!++;
      return counts;

      async function pixelsOf(base64: string) {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d")!;
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, image.width, image.height).data;
      }
    },
    { png, wanted, near: NEAR },
  );
}

/** How many pixels differ visibly between two PNGs of the same size. */
export async function differences(page: Page, a: string, b: string): Promise<number> {
  return page.evaluate(
    async ([first, second]) => {
      const pixels = async (base64: string) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d")!;
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, image.width, image.height).data;
      };
      const [p, q] = [await pixels(first!), await pixels(second!)];
      let count = 0;
      for (let i = 0; i < p.length; i += 4)
        if (Math.abs(p[i]! - q[i]!) + Math.abs(p[i + 1]! - q[i + 1]!) + Math.abs(p[i + 2]! - q[i + 2]!) > 24)
          count++;
      return count;
    },
    [a, b],
  );
}
