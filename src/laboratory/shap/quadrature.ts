/** Points and weights by which a sum is the integral over 0 to 1. */
export interface Quadrature {
  readonly at: Float64Array;
  readonly weight: Float64Array;
}

const GRID = 4096;
const HALVINGS = 60;
const known = new Map<number, Quadrature>();

/** Gauss and Legendre's rule: exact for polynomials up to degree `2 × points - 1`. */
export function quadrature(points: number): Quadrature {
  const rule = known.get(points) ?? makeRule(points);
  known.set(points, rule);
  return rule;
}

/** The roots by halving between changes of sign, which needs no cosine. */
function makeRule(points: number): Quadrature {
  const at: number[] = [];
  const weight: number[] = [];
  for (let k = 0; k < GRID; k += 1) {
    let low = -1 + (2 * k + 0.5) / GRID;
    let high = -1 + (2 * k + 2.5) / GRID;
    if (legendre(points, low).value > 0 === legendre(points, high).value > 0) continue;
    const isUp = legendre(points, high).value > 0;
    for (let halving = 0; halving < HALVINGS; halving += 1) {
      const middle = (low + high) / 2;
      if (legendre(points, middle).value > 0 === isUp) high = middle;
      else low = middle;
    }
    const { slope } = legendre(points, low);
    at.push((1 + low) / 2);
    weight.push(1 / ((1 - low * low) * slope * slope));
  }
  return { at: Float64Array.from(at), weight: Float64Array.from(weight) };
}

function legendre(degree: number, x: number): { readonly value: number; readonly slope: number } {
  let before = 1;
  let value = x;
  for (let n = 2; n <= degree; n += 1) {
    [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n];
  }
  return { value, slope: (degree * (x * value - before)) / (x * x - 1) };
}
