/** The browser's storage; what it refuses (it is full, or forbidden) lives in this page alone, and nothing fails for it. */
class Kept {
  private readonly here = new Map<string, string>();

  constructor(private readonly storage: () => Storage) {}

  get(key: string): string | null {
    return this.here.get(key) ?? this.attempt((storage) => storage.getItem(key)) ?? null;
  }

  set(key: string, value: string): void {
    this.here.set(key, value);
    this.attempt((storage) => {
      storage.setItem(key, value);
      this.here.delete(key);
    });
  }

  remove(key: string): void {
    this.here.delete(key);
    this.attempt((storage) => storage.removeItem(key));
  }

  keys(): string[] {
    return [...new Set([...this.here.keys(), ...(this.attempt((storage) => Object.keys(storage)) ?? [])])];
  }

  private attempt<T>(action: (storage: Storage) => T): T | undefined {
    try {
      return action(this.storage());
    } catch {
      return undefined;
    }
  }
}

/** Shared by the tabs of this browser. */
export const kept = new Kept(() => localStorage);

/** Of this tab. */
export const keptHere = new Kept(() => sessionStorage);
