import "@fontsource-variable/inter";
import "@fontsource/jetbrains-mono/400.css";
import "../styles/index.css";
import { startShell } from "../shell/start";

startShell();
