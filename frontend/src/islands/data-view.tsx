import { DataView } from "../data-view/DataView";
import { mountIsland } from "../lib/mount";

mountIsland("data-view", DataView);
