import { startDesktop } from "./host/desktop.ts";

startDesktop();
