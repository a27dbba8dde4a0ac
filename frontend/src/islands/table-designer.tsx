import "../decisions/decisions.css";
import { TableDesignerPage } from "../decisions/TableDesignerPage";
import { mountIsland } from "../lib/mount";

mountIsland("table-designer", TableDesignerPage);
