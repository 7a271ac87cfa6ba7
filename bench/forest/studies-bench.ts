import { runStudy, studies } from './study.ts';

// Usage: node bench/forest/studies-bench.ts [title]: a line a table, tuned out of bag, seeds 1-3.
const shared = process.env.NEXTBEST_SHARED ?? '../shared';
const wanted = process.argv[2];

console.log(
  '| table | AUC (seeds) | Brier | ECE raw, calibrated | leaf, share | top 800 | CPU-s |',
);
console.log('|---|---|---|---|---|---|---|');
for (const study of studies(shared)) {
  if (wanted !== undefined && study.title !== wanted) continue;
  const before = process.cpuUsage();
  const { report, hits } = await runStudy(study);
  const { user, system } = process.cpuUsage(before);
  const { test } = report.mean;
  const seeds = report.seeds.map((seed) => seed.test?.raw.auc.toFixed(4)).join(' ');
  const { minimumLeaf, featureSharePpm } = report.spec;
  console.log(
    `| ${study.title} | ${test?.raw.auc.toFixed(4)} (${seeds}) | ${test?.raw.brier.toFixed(5)} ` +
      `| ${test?.raw.ece.toFixed(4)}, ${test?.calibrated.ece.toFixed(4)} ` +
      `| ${minimumLeaf}, ${featureSharePpm / 1e6} | ${hits.join(' ')} ` +
      `| ${((user + system) / 1e6).toFixed(1)} |`,
  );
}
