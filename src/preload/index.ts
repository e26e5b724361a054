import { contextBridge, webUtils } from "electron";
import type { Native } from "../shared/native.ts";

const native: Native = { pathOfFile: (file) => webUtils.getPathForFile(file) };

contextBridge.exposeInMainWorld("beamwalk", native);
