import type { CardCurves, ModelCard } from '../domain/model-card.ts';

const WIDE = 420;
const HIGH = 260;
const LEFT = 52;
const BOTTOM = 34;
const TOP = 12;

/** Text as HTML shows it. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Mean calibrated score of each tenth against what happened; the diagonal is truth. */
export function reliabilityPlot(bins: CardCurves['reliability']): string {
  const most = Math.max(1, ...bins.flatMap((bin) => [bin.meanPpm, bin.observedPpm]));
  const x = (ppm: number) => LEFT + (ppm / most) * (WIDE - LEFT - 26);
  const y = (ppm: number) => HIGH - BOTTOM - (ppm / most) * (HIGH - BOTTOM - TOP);
  const points = bins.map(({ meanPpm, observedPpm }) => `${n(x(meanPpm))},${n(y(observedPpm))}`);
  const dots = bins.map(
    ({ meanPpm, observedPpm, rows }) =>
      `<circle cx="${n(x(meanPpm))}" cy="${n(y(observedPpm))}" r="4" class="mark">` +
      `<title>${rows} rows: said ${percent(meanPpm)}, happened ${percent(observedPpm)}</title>` +
      '</circle>',
  );
  return plot('predicted and observed shares', [
    `<line x1="${x(0)}" y1="${y(0)}" x2="${n(x(most))}" y2="${n(y(most))}" class="truth"/>`,
    `<polyline points="${points.join(' ')}" class="line"/>`,
    ...dots,
    ...yTicks(most, y),
    ...[0, 0.5, 1].map((share) => xTick(x(share * most), percent(share * most))),
    xTitle('calibrated score'),
  ]);
}

/** How many rows got which calibrated score; the dark part were positive. */
export function distributionPlot(bins: CardCurves['distribution']): string {
  const most = Math.max(1, ...bins.map(({ rows }) => rows));
  const width = (WIDE - LEFT - 26) / Math.max(1, bins.length);
  const y = (rows: number) => HIGH - BOTTOM - (rows / most) * (HIGH - BOTTOM - TOP);
  const bars = bins.flatMap(({ fromPpm, rows, positives }, k) => {
    const title = `<title>from ${percent(fromPpm)}: ${rows} rows, ${positives} positive</title>`;
    const bar = (of: number, name: string) =>
      `<rect x="${n(LEFT + k * width)}" y="${n(y(of))}" width="${n(width - 1)}" ` +
      `height="${n(HIGH - BOTTOM - y(of))}" class="${name}">${title}</rect>`;
    return [bar(rows, 'pale'), bar(positives, 'dark')];
  });
  const step = Math.max(1, Math.floor(bins.length / 4));
  const ticks = bins
    .map(({ fromPpm }, k) => xTick(LEFT + k * width, percent(fromPpm)))
    .filter((_, k) => k % step === 0);
  const labels = [0, 0.5, 1].map((share) =>
    yTick(y(share * most), `${Math.round(share * most)}`),
  );
  return plot('distribution of scores', [
    ...bars,
    ...ticks,
    ...labels,
    xTitle('calibrated score'),
  ]);
}

/** Each feature's share of all impurity its splits removed. */
export function importancePlot(features: ModelCard['features']): string {
  const sorted = features.toSorted((a, b) => b.importancePpm - a.importancePpm);
  const most = Math.max(1, sorted[0]?.importancePpm ?? 1);
  const high = sorted.length * 22 + 8;
  const bars = sorted.map(({ name, importancePpm }, k) => {
    const y = 4 + k * 22;
    const width = (importancePpm / most) * 330;
    return (
      `<text x="270" y="${y + 13}" class="right">${escaped(name)}</text>` +
      `<rect x="278" y="${y}" width="${n(width)}" height="16" class="dark"/>` +
      `<text x="${n(284 + width)}" y="${y + 13}">${percent(importancePpm)}</text>`
    );
  });
  const frame = `viewBox="0 0 680 ${high}" role="img" aria-label="importances"`;
  return `<svg ${frame}>${bars.join('')}</svg>`;
}

/** The mean score were every row's value this one. */
export function dependencePlot({ points, unit }: CardCurves['dependence'][number]): string {
  const most = Math.max(1, ...points.map(({ ppm }) => ppm)) * 1.1;
  const y = (ppm: number) => HIGH - BOTTOM - (ppm / most) * (HIGH - BOTTOM - TOP);
  const numbers = points.map(({ at }) => at);
  const isNumber = numbers.every((at) => typeof at === 'number');
  const place = (k: number) =>
    LEFT + 14 + (k / Math.max(1, points.length - 1)) * (WIDE - LEFT - 50);
  const line = points.map(({ ppm }, k) => `${n(place(k))},${n(y(ppm))}`).join(' ');
  const marks = points.map(
    ({ at, ppm }, k) =>
      `<circle cx="${n(place(k))}" cy="${n(y(ppm))}" r="3.5" class="mark">` +
      `<title>${escaped(String(at))}: ${percent(ppm)}</title></circle>`,
  );
  const step = Math.ceil(points.length / (isNumber ? 5 : 4));
  const ticks = points
    .map(({ at }, k) => xTick(place(k), tickOf(at, unit)))
    .filter((_, k) => k % step === 0);
  const curve = isNumber ? `<polyline points="${line}" class="line"/>` : '';
  return plot('partial dependence', [curve, ...marks, ...ticks, ...yTicks(most, y)]);
}

function plot(label: string, parts: readonly string[]): string {
  const floor = HIGH - BOTTOM;
  const axis =
    `<line x1="${LEFT}" y1="${floor}" x2="${WIDE - 8}" y2="${floor}" class="axis"/>` +
    `<line x1="${LEFT}" y1="${TOP}" x2="${LEFT}" y2="${floor}" class="axis"/>`;
  const frame = `viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label="${label}"`;
  return `<svg ${frame}>${axis}${parts.join('')}</svg>`;
}

function yTicks(most: number, y: (ppm: number) => number): readonly string[] {
  return [0, 0.5, 1].map((share) => yTick(y(share * most), percent(share * most)));
}

function yTick(y: number, text: string): string {
  return `<text x="${LEFT - 6}" y="${n(y + 4)}" class="right">${escaped(text)}</text>`;
}

function xTick(x: number, text: string): string {
  return `<text x="${n(x)}" y="${HIGH - BOTTOM + 15}" class="middle">${escaped(text)}</text>`;
}

function xTitle(text: string): string {
  return `<text x="${WIDE - 8}" y="${HIGH - 4}" class="right">${escaped(text)}</text>`;
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A share in hundredths, with what decimals it needs. */
export function percent(ppm: number): string {
  const share = ppm / 10_000;
  return `${share.toFixed(share >= 10 || share === 0 ? 0 : share >= 1 ? 1 : 2)} %`;
}

function tickOf(at: number | string, unit: string | undefined): string {
  if (typeof at === 'string') return at.slice(0, 12);
  return unit === 'ppm' ? percent(at) : short(at);
}

function short(value: number): string {
  return Math.abs(value) >= 10_000 ? `${Math.round(value / 1000)}k` : `${+value.toPrecision(3)}`;
}
