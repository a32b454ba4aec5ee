import fc from 'fast-check';

/** The same examples in each run of CI, so that a red run is the change's doing; `FC_SEED=random` (nightly) or a number looks at others. Every failure prints its seed. */
const asked = process.env['FC_SEED'];
if (asked !== 'random') fc.configureGlobal({ seed: Number(asked ?? '20261125') });
