import { azimuthTo, haversine } from "../math/wgs84.ts";
import type { Track } from "../orbit/track.ts";
import { Footprints } from "../simulation/cells.ts";
import type { Mission } from "../../shared/mission.ts";
