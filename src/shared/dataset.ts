/**
 * Table 1 of Dahouda et al. 2023 (doi 10.3390/electronics12081759): the 19 columns of the UE data set at the
 * marked instant, names and units as printed, except where the print slips:
 * spectral flux density is dBW·m⁻²·Hz⁻¹ (printed dBW × m 2 × Hz 1) and C/No is dB·MHz as printed
 * (10·log10 of C/N0 in MHz, 60 dB below dB·Hz).
 */
export interface DatasetColumn {
  key: string;
  title: string;
  unit: string;
  /** Says where the UE is: left out in the ablation "without geometry". */
  geometric: boolean;
}

const column = (key: string, title: string, unit: string, geometric = false): DatasetColumn => ({
  key,
  title,
  unit,
  geometric,
});

export const DATASET_COLUMNS: readonly DatasetColumn[] = [
  column("cellType", "CellType", "1", true),
  column("latitudeDeg", "Latitude", "deg", true),
  column("longitudeDeg", "Longitude", "deg", true),
  column("timeS", "Time", "s", true),
  column("azimuthDeg", "Azimuth", "deg", true),
  column("elevationDeg", "Elevation", "deg", true),
  column("rangeKm", "Range", "km", true),
  column("freeSpaceLossDb", "Free Space Loss", "dB"),
  column("propLossDb", "Prop Loss", "dB"),
  column("rcvdIsoPowerDbw", "Rcvd. Iso. Power", "dBW"),
  column("carrierPowerDbw", "Carrier Power at Rcvr Input", "dBW"),
  column("fluxDensityDbwPerM2", "Flux Density", "dBW/m²"),
  column("gOverTDbPerK", "g/T", "dB/K"),
  column("cOverN0DbMHz", "C/No", "dB·MHz"),
  column("cOverNDb", "C/N", "dB"),
  column("ebOverN0Db", "Eb/No", "dB"),
  column("propagationDelayS", "Propagation Delay", "s", true),
  column("propagationDistanceKm", "Propagation Distance", "km", true),
  column("spectralFluxDensityDbwPerM2Hz", "Spectral Flux Density", "dBW·m⁻²·Hz⁻¹"),
];

/** What the classifiers see: the 19 columns, then the cluster and the distance to its centroid. */
export const FEATURE_COLUMNS: readonly DatasetColumn[] = [
  ...DATASET_COLUMNS,
  column("cluster", "Cluster", "1", true),
  column("distanceKm", "Distance to the centroid", "km", true),
];

/** How an exported data set calls a column. */
export const datasetHeading = ({ title, unit }: DatasetColumn) =>
  unit === "1" ? title : `${title} [${unit}]`;

/** The ablations: which features are left out, and how the table is called. */
export const ABLATIONS: readonly { key: string; title: string; without: (c: DatasetColumn) => boolean }[] = [
  { key: "none", title: "All 21 features", without: () => false },
  {
    key: "no-location",
    title: "Without distance, latitude, longitude",
    without: (c: DatasetColumn) => ["distanceKm", "latitudeDeg", "longitudeDeg"].includes(c.key),
  },
  {
    key: "no-geometry",
    title: "Without any geometric column, time and cluster",
    without: (c: DatasetColumn) => c.geometric,
  },
];
