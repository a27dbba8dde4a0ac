/** How nodes and connections are drawn; one object for ever, or React Flow would draw everything anew. */
import { Card } from "./Card";
import { LinkEdge } from "./LinkEdge";
import { Note } from "./Note";

export const NODE_TYPES = { card: Card, note: Note };
export const EDGE_TYPES = { link: LinkEdge };
