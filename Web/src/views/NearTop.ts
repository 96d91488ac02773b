/** Loads older messages as soon as less than a screen of them is left above. */
export class NearTop {
  private observer: IntersectionObserver | null = null;
  /** The oldest message when the beginning was last watched. */
  private oldest: number | undefined;

  constructor(private readonly near: () => void) {}

  /** Observing anew tells whether the beginning is still near. */
  watch(top: Element | null, scroller: Element | null, oldest: number | undefined): void {
    this.end();
    this.oldest = oldest;
    if (top) {
      this.observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && this.near(), { root: scroller, rootMargin: '800px 0px 0px' });
      this.observer.observe(top);
    }
  }

  /** Whether something came in front since. After a failure nothing did: it would be asked again without a pause. */
  hasMoved(oldest: number | undefined): boolean {
    return oldest !== this.oldest;
  }

  end(): void {
    this.observer?.disconnect();
  }
}
