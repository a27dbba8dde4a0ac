import "../designer/designer.css";
import { DesignerPage } from "../designer/DesignerPage";
import { mountIsland } from "../lib/mount";

mountIsland("designer", DesignerPage);
