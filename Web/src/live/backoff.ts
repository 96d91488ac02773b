/** How long to wait before the next try, in milliseconds: doubling, half of it left to chance, so that clients don't come back all at once. */
export class Backoff {
  private tries = 0;

  constructor(
    private readonly first = 500,
    private readonly most = 30_000,
    private readonly random: () => number = Math.random,
  ) {}

  next(): number {
    const ceiling = Math.min(this.most, this.first * 2 ** this.tries++);
    return Math.round(ceiling / 2 + (this.random() * ceiling) / 2);
  }

  reset(): void {
    this.tries = 0;
  }
}
