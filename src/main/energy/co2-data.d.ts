declare module "@tgwf/co2/data" {
  /** Mean intensity of electricity [g CO₂-equivalent/kWh] by ISO 3166-1 alpha-3 code, regions and "WORLD". */
  export const averageIntensity: { data: Record<string, number> };
}
