/** Physical constants, each with unit and authority. */

/** Speed of light in vacuum [m/s]; BIPM, exact. */
export const SPEED_OF_LIGHT = 299_792_458;
/** Boltzmann constant as a level [dBW/K/Hz]; TR 38.821 §6.1.3.1 uses −228.6; 10·log10(1.380649e-23) = −228.5992. */
export const BOLTZMANN_DBW = 10 * Math.log10(1.380_649e-23);
/** Reference temperature of noise figures [K]; ITU-R P.372, IEEE. */
export const T0_KELVIN = 290;

/** WGS-84 semi-major axis [m]; NIMA TR8350.2. */
export const WGS84_A = 6_378_137;
/** WGS-84 flattening; NIMA TR8350.2. */
export const WGS84_F = 1 / 298.257_223_563;
/** WGS-84 first eccentricity squared. */
export const WGS84_E2 = WGS84_F * (2 - WGS84_F);
/** WGS-84 semi-minor axis [m]. */
export const WGS84_B = WGS84_A * (1 - WGS84_F);
/** WGS-84 gravitational parameter [m³/s²]; NIMA TR8350.2. */
export const GM_EARTH = 3.986_004_418e14;
/** Second zonal harmonic; EGM96 (unnormalised). */
export const J2 = 1.082_629_821_3e-3;
/** Rotation rate of the Earth [rad/s]; IERS, as used with GMST. */
export const EARTH_RATE = 7.292_115_146_706_979e-5;
/** Mean radius of the Earth [m]; IUGG R1. */
export const EARTH_MEAN_RADIUS = 6_371_008.8;

export const DEG = Math.PI / 180;
