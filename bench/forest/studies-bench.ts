import { startPeer } from './peer.ts';
import { runStudy, studies } from './study.ts';

// Usage: node bench/forest/studies-bench.ts [--no-peer] [title]: a line a table, tuned out of bag,
// seeds 1 to 3, and the AUC of scikit-learn's forest on the same rows.
const shared = process.env.NEXTBEST_SHARED ?? '../shared';
const [wanted] = process.argv.slice(2).filter((word) => word !== '--no-peer');
const peer = process.argv.includes('--no-peer') ? null : startPeer();

console.log(
  '| table | AUC (seeds) | peer | Brier | ECE raw, calibrated | leaf, share ' +
    '| top 800 | CPU-s |',
);
console.log('|---|---|---|---|---|---|---|---|');
for (const study of studies(shared)) {
  if (wanted !== undefined && study.title !== wanted) continue;
  const before = process.cpuUsage();
  const { report, hits, peerAucs } = await runStudy(study, peer);
  const { user, system } = process.cpuUsage(before);
  const { test } = report.mean;
  const seeds = report.seeds.map((seed) => seed.test?.raw.auc.toFixed(4)).join(' ');
  const { minimumLeaf, featureSharePpm } = report.spec;
  console.log(
    `| ${study.title} | ${test?.raw.auc.toFixed(4)} (${seeds}) | ${meanOf(peerAucs)} ` +
      `| ${test?.raw.brier.toFixed(5)} ` +
      `| ${test?.raw.ece.toFixed(4)}, ${test?.calibrated.ece.toFixed(4)} ` +
      `| ${minimumLeaf}, ${featureSharePpm / 1e6} | ${hits.join(' ')} ` +
      `| ${((user + system) / 1e6).toFixed(1)} |`,
  );
}
peer?.stop();

function meanOf(aucs: readonly number[]): string {
  return (aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length).toFixed(4);
}
