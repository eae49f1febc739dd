// random.Random: the distributions of real numbers.
import { signature } from "../arguments";
import { callable } from "../callable";
import { ValueError, ZeroDivisionError } from "../exceptions";
import { defineAll } from "../registry";
import { RandomBase, stateOf } from "./generator";
import { GAUSS_NEXT } from "./state";

const bindTriangular = signature<[low: number, high: number, mode: number | null]>(
  "Random.triangular(low=0, high=1, mode=None)",
);
const bindNormal = signature<[mu: number, sigma: number]>("Random.normalvariate(mu=0, sigma=1)");
const bindGauss = signature<[mu: number, sigma: number]>("Random.gauss(mu=0, sigma=1)");

const { acos, cos, E, exp, log, PI, sin, sqrt } = Math;
const NORMAL_MAGIC = (4 * exp(-0.5)) / sqrt(2);
const GAMMA_MAGIC = 1 + log(4.5);

class RandomType extends RandomBase {
  /** A number from `a` to `b`. */
  uniform(a: number, b: number): number {
    return a + (b - a) * this.random();
  }

  /** A number from `low` to `high`, most often near `mode`. */
  triangular(low?: number, high?: number, mode?: number | null): number;
  triangular(...args: unknown[]): number {
    const [low, high, mode] = bindTriangular(args);
    const u = this.random();
    if (high === low) return low;
    const c = mode === null ? 0.5 : (mode - low) / (high - low);
    return u > c ? high + (low - high) * sqrt((1 - u) * (1 - c)) : low + (high - low) * sqrt(u * c);
  }

  normalvariate(mu?: number, sigma?: number): number;
  normalvariate(...args: unknown[]): number {
    const [mu, sigma] = bindNormal(args);
    while (true) {
      const u = this.random();
      const v = 1 - this.random();
      const z = (NORMAL_MAGIC * (u - 0.5)) / v;
      if ((z * z) / 4 <= -log(v)) return mu + z * sigma;
    }
  }

  /** As normalvariate, and quicker: it makes two numbers at a time. */
  gauss(mu?: number, sigma?: number): number;
  gauss(...args: unknown[]): number {
    const [mu, sigma] = bindGauss(args);
    let z = this._exchangeAhead(Number.NaN);
    if (Number.isNaN(z)) {
      const angle = this.random() * 2 * PI;
      const radius = sqrt(-2 * log(1 - this.random()));
      z = cos(angle) * radius;
      this._exchangeAhead(sin(angle) * radius);
    }
    return mu + z * sigma;
  }

  _exchangeAhead(next: number): number {
    return stateOf(this).use((words, at) => {
      const ahead = words[at + GAUSS_NEXT]!;
      words[at + GAUSS_NEXT] = next;
      return ahead;
    });
  }

  lognormvariate(mu: number, sigma: number): number {
    return exp(this.normalvariate(mu, sigma));
  }

  /** The time until something happens that does so `lambd` times per unit of time. */
  expovariate(lambd: number): number {
    const size = -log(1 - this.random());
    if (lambd === 0) throw ZeroDivisionError("float division by zero");
    return size / lambd;
  }

  vonmisesvariate(mu: number, kappa: number): number {
    if (kappa <= 1e-6) return 2 * PI * this.random();
    const s = 0.5 / kappa;
    const r = s + sqrt(1 + s * s);
    let z: number;
    while (true) {
      z = cos(PI * this.random());
      const d = z / (r + z);
      const u = this.random();
      if (u < 1 - d * d || u <= (1 - d) * exp(d)) break;
    }
    const q = 1 / r;
    const f = (q + z) / (1 + q * z);
    const theta = this.random() > 0.5 ? mu + acos(f) : mu - acos(f);
    return theta - Math.floor(theta / (2 * PI)) * 2 * PI;
  }

  gammavariate(alpha: number, beta: number): number {
    if (alpha <= 0 || beta <= 0) throw ValueError("gammavariate: alpha and beta must be > 0.0");
    if (alpha === 1) return -log(1 - this.random()) * beta;
    return (alpha > 1 ? this._gammaAbove(alpha) : this._gammaBelow(alpha)) * beta;
  }

  /** Cheng's way, for a shape above 1. */
  _gammaAbove(alpha: number): number {
    const a = sqrt(2 * alpha - 1);
    const b = alpha - log(4);
    const c = alpha + a;
    while (true) {
      const u = this.random();
      if (u <= 1e-7 || u >= 0.9999999) continue;
      const w = 1 - this.random();
      const v = log(u / (1 - u)) / a;
      const x = alpha * exp(v);
      const z = u * u * w;
      const r = b + c * v - x;
      if (r + GAMMA_MAGIC - 4.5 * z >= 0 || r >= log(z)) return x;
    }
  }

  /** Ahrens' and Dieter's way, for a shape below 1. */
  _gammaBelow(alpha: number): number {
    const b = (E + alpha) / E;
    while (true) {
      const p = b * this.random();
      const x = p <= 1 ? p ** (1 / alpha) : -log((b - p) / alpha);
      const u = this.random();
      if (p > 1 ? u <= x ** (alpha - 1) : u <= exp(-x)) return x;
    }
  }

  betavariate(alpha: number, beta: number): number {
    const y = this.gammavariate(alpha, 1);
    return y === 0 ? 0 : y / (y + this.gammavariate(beta, 1));
  }

  paretovariate(alpha: number): number {
    return (1 - this.random()) ** (-1 / alpha);
  }

  weibullvariate(alpha: number, beta: number): number {
    return alpha * (-log(1 - this.random())) ** (1 / beta);
  }
}

/** A generator of its own: `Random(seed)`. Threads that share one draw from one sequence. */
export const Random = callable(RandomType, "Random");
export type Random = RandomType;

defineAll("random", { Random });
