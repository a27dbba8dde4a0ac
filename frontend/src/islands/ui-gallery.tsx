import { mountIsland } from "../lib/mount";
import { Gallery } from "../ui/gallery/Gallery";

mountIsland("ui-gallery", Gallery);
