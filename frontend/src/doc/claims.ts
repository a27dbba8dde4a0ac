/** Which tab a queue belongs to. A claim ends with its tab, however that ends; then another may take the queue over. */

/** Resolves to what gives the claim up, or to null while somebody else holds it. */
export type Claims = (name: string) => Promise<(() => void) | null>;

/** By the browser's locks, which it frees itself when a tab is gone. */
export function lockClaims(locks: LockManager): Claims {
  return (name) =>
    new Promise((resolve, reject) => {
      const held = (lock: Lock | null): Promise<void> | undefined => {
        if (!lock) {
          resolve(null);
          return undefined;
        }
        return new Promise((release) => resolve(release));
      };
      locks.request(name, { ifAvailable: true }, held).catch(reject);
    });
}

/** For all that share the object. */
export function memoryClaims(): Claims {
  const held = new Set<string>();
  return async (name) => {
    if (held.has(name)) return null;
    held.add(name);
    return () => void held.delete(name);
  };
}
