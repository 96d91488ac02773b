import { asApiError, type ApiError } from '../api/errors';
import { Backoff } from '../live/backoff';

/** Asks for what was missed: one question at a time, once more for who asked meanwhile, and again by itself after one that may be answered later. */
export class Catching {
  private readonly backoff = new Backoff(1000, 30_000);
  private running: Promise<void> | null = null;
  private again = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private ended = false;

  constructor(
    private readonly once: () => Promise<void>,
    private readonly failed: (error: ApiError) => void,
  ) {}

  async run(): Promise<void> {
    clearTimeout(this.retry);
    this.again = true;
    this.running ??= this.runAll().finally(() => (this.running = null));
    await this.running;
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.retry);
  }

  private async runAll(): Promise<void> {
    try {
      while (this.again) {
        this.again = false;
        await this.once();
      }

      this.backoff.reset();
    } catch (thrown) {
      const error = asApiError(thrown);
      this.failed(error);
      if (error.isPassing && !this.ended) {
        this.retry = setTimeout(() => void this.run(), Math.max(this.backoff.next(), (error.retryAfter ?? 0) * 1000));
      }
    }
  }
}
