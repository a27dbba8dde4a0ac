/** Which of the pending operations are sent next. Pure. */
import { sizeOf } from "./json";
import { LIMITS, type Operation } from "./operations";
import { idsOf, waitsFor, type Group } from "./pending";

/** Room for what a batch says besides its operations. */
const ENVELOPE = 4096;
const COMMA = 1;

interface Room {
  count: number;
  bytes: number;
}

function take(room: Room, operations: readonly Operation[]): Operation[] {
  const taken: Operation[] = [];
  for (const operation of operations) {
    const bytes = sizeOf(operation) + COMMA;
    // One that is larger than any batch goes by itself: the server has the word on its size.
    const fits = room.count > 0 && bytes <= room.bytes;
    if (!fits && !(room.count === LIMITS.batchOperations && taken.length === 0)) break;
    room.count -= 1;
    room.bytes -= bytes;
    taken.push(operation);
  }
  return taken;
}

function isAlone(operations: readonly Operation[]): boolean {
  return operations.some(({ path }) => path.length === 0);
}

/**
 * The next batch: whole groups as long as there is room, a part of a group only when it is larger than a batch.
 * What takes back something pending waits until that is in the log; a new document goes alone.
 * `single` asks for as little as possible, to find out what a batch was refused for.
 */
export function nextBatch(pending: readonly Group[], single = false): Operation[] {
  const waiting = idsOf(pending);
  const room: Room = { count: LIMITS.batchOperations, bytes: LIMITS.batchBytes - ENVELOPE };
  const batch: Operation[] = [];
  for (const group of pending) {
    if (waitsFor(group, waiting)) break;
    if (batch.length > 0 && isAlone(group.operations)) break;
    const before = { ...room };
    const taken = take(room, single && !group.whole ? group.operations.slice(0, 1) : group.operations);
    if (batch.length > 0 && taken.length < group.operations.length) {
      Object.assign(room, before);
      break;
    }
    batch.push(...taken);
    if (single || taken.length < group.operations.length || isAlone(taken)) break;
  }
  return batch;
}
