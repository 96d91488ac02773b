// smoke.sh URL [SECONDS]
import { Tour } from './tour.mjs';

const [address, seconds = '60'] = process.argv.slice(2);
const base = URL.canParse(address ?? '') ? new URL(address) : null;
if (!base || !['http:', 'https:'].includes(base.protocol) || base.pathname !== '/' || base.search || !/^\d{1,4}$/.test(seconds)) {
  console.error('Usage: smoke.sh URL [SECONDS]\n  URL      where the chat is, without a path: https://chat.example.org\n  SECONDS  how long a fresh deployment may take to wake up, default 60');
  process.exit(2);
}

const until = Date.now() + 1000 * Number(seconds);

/** Runs a step again, while it fails and there is time. */
async function patiently(step) {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (Date.now() >= until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

async function walk(tour) {
  for (const [name, step] of tour.steps(patiently)) {
    try {
      await step();
      console.log(`ok      ${name}`);
    } catch (error) {
      console.log(`failed  ${name}\n        ${error.message}\n        More about what is wrong: docs/doctor.md`);
      return false;
    }
  }

  return true;
}

const tour = new Tour(base);
let stopped = false;
process.once('SIGINT', async () => {
  stopped = true;
  console.log(`stopped; left behind: ${(await tour.cleanUp()).join('; ') || 'nothing'}`);
  process.exit(1);
});
const good = await walk(tour);
if (!stopped) {
  console.log(`left behind: ${(await tour.cleanUp()).join('; ') || 'nothing'}`);
  console.log(good ? `${base.href} works.` : `${base.href} does not work.`);
  process.exit(good ? 0 : 1);
}
