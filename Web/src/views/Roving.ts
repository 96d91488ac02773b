/**
 * Makes many buttons one stop of Tab: the last one, or where somebody went with the arrows. Without it, who leaves the composer backwards would pass every
 * message.
 */
export class Roving {
  private present: HTMLElement | null = null;

  constructor(private readonly selector: string) {}

  /** After the list has changed. */
  update(list: HTMLElement): void {
    if (!this.present?.isConnected || !list.contains(document.activeElement)) {
      this.stand(Array.from(list.querySelectorAll<HTMLElement>(this.selector)).at(-1) ?? null);
    }
  }

  /** Takes the arrows, Home and End while one of the buttons has the focus. */
  pressed(event: KeyboardEvent, list: HTMLElement): void {
    const all = Array.from(list.querySelectorAll<HTMLElement>(this.selector));
    const at = all.findIndex((one) => one === event.target);
    const to = at < 0 ? undefined : all[indexFor(event.key, at, all.length)];
    if (to) {
      event.preventDefault();
      this.stand(to);
      to.focus();
    }
  }

  private stand(on: HTMLElement | null): void {
    if (this.present !== on) {
      this.present?.setAttribute('tabindex', '-1');
      on?.setAttribute('tabindex', '0');
      this.present = on;
    }
  }
}

function indexFor(key: string, at: number, count: number): number {
  switch (key) {
    case 'ArrowUp':
      return at - 1;
    case 'ArrowDown':
      return at + 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}
