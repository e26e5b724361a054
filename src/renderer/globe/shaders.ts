/** Hides what the Earth stands in front of: nothing here is tested against the depth of the terrain. */
const HIDDEN = `
const vec3 RADII = vec3(6378137.0, 6378137.0, 6356752.3142);
bool hidden(vec3 position) {
  vec3 eye = czm_viewerPositionWC / RADII;
  vec3 ray = position / RADII - eye;
  float t = clamp(-dot(eye, ray) / dot(ray, ray), 0.0, 1.0);
  vec3 nearest = eye + t * ray;
  return dot(nearest, nearest) < 0.9985;
}
const vec4 OUTSIDE = vec4(2.0, 2.0, 2.0, 1.0);
`;

const PLACE = `
in vec3 positionHigh;
in vec3 positionLow;
vec4 place() {
  return czm_modelViewProjectionRelativeToEye * czm_translateRelativeToEye(positionHigh, positionLow);
}
`;

/** What a UE on a great circle has gone by `u_time`: the difference of two places, so that floats carry it to a metre. */
const MOVED = `
in vec3 velocity;
uniform float u_time;
const float E2 = 0.00669437999;
vec3 ground(vec3 up) {
  return 6378137.0 * inversesqrt(1.0 - E2 * up.z * up.z) * vec3(up.xy, up.z * (1.0 - E2));
}
vec3 moved(vec3 start) {
  float speed = length(velocity);
  if (speed == 0.0) return vec3(0.0);
  vec3 up = normalize(vec3(start.xy, start.z / (1.0 - E2)));
  float angle = speed * u_time / 6371008.8;
  return ground(up * cos(angle) + velocity / speed * sin(angle)) - ground(up);
}
`;

/** A round dot with a soft rim of one pixel. */
const DOT = `
float dot1(float size) {
  float r = length(gl_PointCoord - 0.5) * size;
  return 1.0 - smoothstep(0.5 * size - 0.8, 0.5 * size, r);
}
`;

export const UE_VERTEX = (colours: number, moving: boolean) => `${HIDDEN}${PLACE}${moving ? MOVED : ""}
in float state;
uniform vec4 u_palette[${colours}];
uniform float u_scale;
out vec3 v_colour;
out float v_size;
void main() {
  vec4 look = u_palette[int(state + 0.5)];
  v_colour = look.rgb;
  v_size = look.a * u_scale;
  gl_PointSize = v_size;
  vec3 way = ${moving ? "moved(positionHigh + positionLow)" : "vec3(0.0)"};
  vec4 here = czm_translateRelativeToEye(positionHigh, positionLow + way);
  gl_Position = hidden(positionHigh + positionLow + way) ? OUTSIDE : czm_modelViewProjectionRelativeToEye * here;
}`;

export const UE_FRAGMENT = `
in vec3 v_colour;
in float v_size;
void main() {
  if (v_size > 3.0 && length(gl_PointCoord - 0.5) > 0.5) discard;
  out_FragColor = vec4(v_colour, 0.8);
}`;

export const SATELLITE_VERTEX = `${HIDDEN}${PLACE}
uniform float u_size;
void main() {
  gl_PointSize = u_size * czm_pixelRatio;
  vec3 p = positionHigh + positionLow;
  gl_Position = p != p || hidden(p) ? OUTSIDE : place();
}`;

export const SATELLITE_FRAGMENT = `${DOT}
uniform float u_size;
void main() {
  float rim = dot1(u_size * czm_pixelRatio);
  float r = length(gl_PointCoord - 0.5) * 2.0;
  vec3 colour = r > 0.62 ? vec3(0.04, 0.06, 0.08) : vec3(0.92, 0.96, 1.0);
  out_FragColor = vec4(colour, rim);
}`;

/** A flare is a ring that opens and fades, in the colour of the cell that the UE goes to. */
export const FLARE_VERTEX = (colours: number) => `${HIDDEN}${PLACE}
in float born;
in float category;
uniform vec4 u_palette[${colours}];
uniform vec4 u_now;
out vec4 v_colour;
out float v_size;
void main() {
  float age = (u_now.x - born) / u_now.y;
  bool alive = age >= 0.0 && age < 1.0;
  v_size = mix(6.0, 15.0, u_now.z > 0.5 ? age : 0.5);
  v_colour = vec4(u_palette[int(category + 0.5)].rgb, u_now.z > 0.5 ? 1.0 - age : 0.8);
  // an old one grows without end, and from outside the picture its point would still reach into it
  gl_PointSize = alive ? v_size * czm_pixelRatio : 1.0;
  gl_Position = !alive || hidden(positionHigh + positionLow) ? OUTSIDE : place();
}`;

export const FLARE_FRAGMENT = `${DOT}
in vec4 v_colour;
in float v_size;
void main() {
  float r = length(gl_PointCoord - 0.5) * v_size;
  float ring = smoothstep(0.5 * v_size - 3.2, 0.5 * v_size - 2.0, r) * dot1(v_size * czm_pixelRatio);
  float core = 1.0 - smoothstep(1.4, 2.4, r);
  vec3 colour = mix(v_colour.rgb, vec3(1.0), core * 0.7);
  out_FragColor = vec4(colour, max(ring, core) * v_colour.a);
}`;

/** From a place on the unit disc to the ellipse on WGS-84: along a great circle from the centre. */
export const BEAM_VERTEX = (colours: number) => `${HIDDEN}
in vec2 disc;
in vec4 shape;
in vec4 look;
uniform vec4 u_palette[${colours}];
uniform float u_fill;
out vec2 v_disc;
out vec4 v_look;
out float v_serving;
out float v_fill;
void main() {
  float lon = shape.x;
  float lat = shape.y;
  vec3 up = vec3(cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat));
  vec3 east = vec3(-sin(lon), cos(lon), 0.0);
  vec3 north = cross(up, east);
  float s = sin(look.x);
  float c = cos(look.x);
  vec2 q = disc * shape.zw;
  vec2 en = vec2(q.x * s + q.y * c, q.x * c - q.y * s);
  float arc = length(q);
  vec3 normal = up;
  if (arc > 0.0) normal = up * cos(arc) + (en.x * east + en.y * north) * (sin(arc) / arc);
  vec3 p = RADII * RADII * normal / length(RADII * normal);
  v_disc = disc;
  v_look = vec4(u_palette[int(look.y + 1.5)].rgb, look.z);
  v_serving = look.w;
  v_fill = look.y < 0.0 ? 0.0 : u_fill;
  gl_Position = czm_projection * (czm_view * vec4(p, 1.0));
  if (hidden(p)) v_look.a = -1.0;
}`;

export const BEAM_FRAGMENT = `
in vec2 v_disc;
in vec4 v_look;
in float v_serving;
in float v_fill;
void main() {
  if (v_look.a < 0.0) discard;
  float r = length(v_disc);
  float pixel = fwidth(r);
  float chosen = v_look.a;
  float edge = smoothstep(1.0 - pixel * mix(2.2, 4.0, chosen), 1.0 - pixel * mix(1.2, 2.5, chosen), r);
  vec3 colour = mix(v_look.rgb, vec3(1.0), edge * mix(0.35, 1.0, chosen));
  out_FragColor = vec4(colour, mix(max(v_fill, mix(0.08, 0.2, chosen)), 0.95, edge) * mix(0.35, 1.0, max(v_serving, chosen)));
}`;

/** Feeder links; the Earth hides a part of one, so every pixel asks. */
export const LINK_VERTEX = `${PLACE}
out vec3 v_place;
void main() {
  v_place = positionHigh + positionLow;
  gl_Position = place();
}`;

export const LINK_FRAGMENT = `${HIDDEN}
in vec3 v_place;
void main() {
  if (hidden(v_place)) discard;
  out_FragColor = vec4(0.357, 0.82, 0.647, 0.7);
}`;

export const GATEWAY_VERTEX = `${HIDDEN}${PLACE}
void main() {
  gl_PointSize = 10.0 * czm_pixelRatio;
  gl_Position = hidden(positionHigh + positionLow) ? OUTSIDE : place();
}`;

export const GATEWAY_FRAGMENT = `
void main() {
  vec2 d = abs(gl_PointCoord - 0.5);
  vec3 colour = max(d.x, d.y) > 0.34 ? vec3(0.04, 0.06, 0.08) : vec3(0.357, 0.82, 0.647);
  out_FragColor = vec4(colour, 1.0);
}`;

/** Paths of satellites and their tracks on the ground; `point`: seconds since the first point, 1 on the ground. */
export const TRACK_VERTEX = `${PLACE}
in vec2 point;
out vec3 v_place;
out vec2 v_point;
void main() {
  v_place = positionHigh + positionLow;
  v_point = point;
  gl_Position = v_place != v_place ? vec4(2.0, 2.0, 2.0, 1.0) : place();
}`;

/** Solid behind, dashed ahead, fading towards both ends. */
export const TRACK_FRAGMENT = (reachS: number) => `${HIDDEN}
in vec3 v_place;
in vec2 v_point;
uniform float u_now;
void main() {
  float ahead = v_point.x - u_now;
  float near = 1.0 - abs(ahead) / ${reachS.toFixed(1)};
  if (near <= 0.0 || (ahead > 0.0 && fract(v_point.x / 15.0) > 0.5) || hidden(v_place)) discard;
  vec3 colour = v_point.y > 0.5 ? vec3(1.0, 0.71, 0.33) : vec3(0.92, 0.96, 1.0);
  out_FragColor = vec4(colour, mix(0.15, 0.9, near));
}`;

/** Cells of a grid of latitude and longitude, a byte each. */
export const COVERAGE_VERTEX = (columns: number, bins: number) => `
in vec2 corner;
in float count;
uniform vec4 u_colours[${bins}];
out vec3 v_place;
flat out vec4 v_colour;
const float PI = 3.141592653589793;
void main() {
  int row = gl_InstanceID / ${columns};
  vec2 cell = vec2(float(gl_InstanceID - row * ${columns}), float(row)) + corner;
  vec2 at = cell * ${(2 / columns).toFixed(9)} * PI - vec2(PI, 0.5 * PI);
  vec3 normal = vec3(cos(at.y) * cos(at.x), cos(at.y) * sin(at.x), sin(at.y));
  vec3 radii = vec3(6378137.0, 6378137.0, 6356752.3142);
  v_place = radii * radii * normal / length(radii * normal);
  v_colour = u_colours[int(min(count, ${(bins - 1).toFixed(1)}) + 0.5)];
  gl_Position = v_colour.a == 0.0 ? vec4(2.0, 2.0, 2.0, 1.0) : czm_projection * (czm_view * vec4(v_place, 1.0));
}`;

export const COVERAGE_FRAGMENT = `${HIDDEN}
in vec3 v_place;
flat in vec4 v_colour;
void main() {
  if (hidden(v_place)) discard;
  out_FragColor = v_colour;
}`;
