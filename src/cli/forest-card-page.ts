import { megabytes } from '../app/learning/training/training-memory.ts';
import type { CardCurves, ForestSetting, ModelCard } from '../domain/model-card.ts';
import type { ForestEntry } from '../domain/release.ts';
import {
  dependencePlot,
  distributionPlot,
  escaped,
  importancePlot,
  percent,
  reliabilityPlot,
} from './forest-card-plots.ts';
import { coverageSection, figuresTable, groupsTable, splitNote } from './forest-card-tables.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5b6775; --line: #d5dae1;
  --dark: #1f5fa8; --pale: #b9cfe8; --page: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf1; --soft: #9aa6b4; --line: #38424e;
  --dark: #6ea8e8; --pale: #2d4a6b; --page: #14191f; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page);
  max-width: 960px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .2rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h3 { font-size: .95rem; margin: .5rem 0 0; font-weight: 600; }
p.note, figcaption { color: var(--soft); font-size: .88rem; margin: .2rem 0; }
table { border-collapse: collapse; margin: .5rem 0; } td, th { text-align: left;
  padding: .2rem .9rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 1rem; }
figure { margin: 0; } svg { width: 100%; height: auto; font-size: 11px; }
svg text { fill: var(--soft); } .right { text-anchor: end; } .middle { text-anchor: middle; }
.axis { stroke: var(--line); } .truth { stroke: var(--soft); stroke-dasharray: 4 4; }
.line { fill: none; stroke: var(--dark); stroke-width: 2; } .mark, .dark { fill: var(--dark); }
.pale { fill: var(--pale); } code { font-size: .82rem; overflow-wrap: anywhere; }
`;

/** A forest's card as one page that asks the network for nothing. */
export function cardPage({ id, digest, card }: ForestEntry): string {
  const { curves } = card;
  const plots =
    curves === undefined
      ? '<p class="note">this forest came without curves</p>'
      : `<div class="plots">
<figure>${reliabilityPlot(curves.reliability)}<figcaption>Ten groups of equal size, calibrated
out-of-bag scores against what happened; on the dashed line both agree. They were calibrated on
these very rows.</figcaption></figure>
${laterReliability(card)}<figure>${distributionPlot(curves.distribution)}<figcaption>Rows by
calibrated score; the dark part were positive.</figcaption></figure></div>`;
  const dependence = (curves?.dependence ?? []).map(
    (one) => `<figure><h3>${escaped(one.name)}${unitOf(one)}</h3>${dependencePlot(one)}</figure>`,
  );
  const limits = (card.limits ?? ['no limits were written down']).map(
    (line) => `<li>${escaped(line)}</li>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(id)}: model card</title><style>${STYLE}</style></head><body>
<h1>${escaped(id)}</h1>
<p class="note">${escaped(card.target.label)}, within ${escaped(card.target.window)}</p>
${passport(card, digest)}
<h2>How good it is</h2>
${splitNote(card)}
${figuresTable(card)}
${plots}
${card.groups === undefined ? '' : `<h2>How groups fare</h2>${groupsTable(card.groups)}`}
${coverageSection(card)}
<h2>What it looks at</h2>
${importancePlot(card.features)}
${
  dependence.length === 0
    ? ''
    : `<h2>How its mean score moves</h2>
<p class="note">Were every row's value this one and all else as it was.</p>
<div class="plots">${dependence.join('')}</div>`
}
<h2>What it may be used for</h2>
<p>${escaped(card.permittedUses.join(', ') || 'nothing')}</p>
<h2>What it must not be trusted with</h2>
<ul>${limits.join('')}</ul>
${tuning(card)}
</body></html>
`;
}

/** A share is drawn in hundredths; what else is counted says so. */
function unitOf({ unit }: CardCurves['dependence'][number]): string {
  if (unit === undefined || unit === 'ppm') return '';
  return `, ${escaped(unit === 'minor' ? 'in the smallest unit of the currency' : unit)}`;
}

function laterReliability({ timeSplit }: ModelCard): string {
  if (timeSplit?.reliability === undefined) return '';
  return `<figure>${reliabilityPlot(timeSplit.reliability)}<figcaption>The same of later rows,
which neither taught nor calibrated.</figcaption></figure>
`;
}

function passport(card: ModelCard, digest: string): string {
  const { predictsFor, trainingWindow, rows, positives, spec, memory } = card;
  const share = rows === 0 ? 0 : Math.round((positives * 1_000_000) / rows);
  return tableOf([
    ['owner', card.owner],
    ['predicts for', `${predictsFor.scope.toLowerCase()} ${predictsFor.id}`],
    ['learned from', `${trainingWindow.from} to ${trainingWindow.to}`],
    ['rows', `${rows}, of them ${positives} positive (${percent(share)})`],
    [
      'settings',
      spec === undefined
        ? 'unknown: it was trained elsewhere'
        : `${spec.trees} trees, leaf ${spec.minimumLeaf}, ${percent(spec.featureSharePpm)} of ` +
          `the columns a node, ${spec.bins} bins, depth ${spec.maximumDepth} at most, ` +
          `seed ${spec.seed}`,
    ],
    ...(memory === undefined
      ? []
      : [
          [
            'memory',
            `${megabytes(memory.estimatedBytes)} at most, and ` +
              `${megabytes(memory.bytesPerThread)} a thread`,
          ] as const,
        ]),
    ['digest', digest],
  ]);
}

function tableOf(rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(
    ([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`,
  );
  return `<table>${lines.join('')}</table>`;
}

function tuning({ tuning: record }: ModelCard): string {
  if (record === undefined) return '';
  const standard = record.tried[0]?.expectedAucPpm ?? 0;
  const auc = (ppm: number) => (ppm / 1_000_000).toFixed(4);
  const rows = record.tried.map((one, place) => {
    const gap = one.expectedAucPpm - standard;
    const cells = [
      String(one.minimumLeaf),
      percent(one.featureSharePpm),
      auc(one.aucPpm),
      auc(one.expectedAucPpm),
      place === 0
        ? 'planned'
        : `${gap < 0 ? '−' : '+'}${auc(Math.abs(gap))} ± ${auc(one.errorPpm)}`,
      isSetting(one, record.chosen) ? 'taken' : '',
    ];
    return `<tr>${cells.map((cell) => `<td class="number">${cell}</td>`).join('')}</tr>`;
  });
  return `<h2>How its settings were chosen</h2>
<p class="note">Out of bag, ${record.trees} trees each, then the plan and the best other as many
as the forest; expected is the whole forest's AUC. What was planned stands unless another setting
is better by more than a standard error.</p>
<table><tr><th>leaf</th><th>share</th><th>AUC</th><th>expected</th><th>against the plan</th>
<th></th></tr>
${rows.join('')}</table>`;
}

function isSetting(one: ForestSetting, { minimumLeaf, featureSharePpm }: ForestSetting): boolean {
  return one.minimumLeaf === minimumLeaf && one.featureSharePpm === featureSharePpm;
}
