/**
 * What people type into a number field: `320`, `25%` (of the canvas side), `1280/3`, `640+20`, `+10` or `-=5` (from the value that is there).
 * A bare `-5` is minus five; `+10` shifts. Whole pixels out; null when it cannot be read.
 */
export function evaluate(typed: string, current: number, whole: number): number | null {
  const text = typed.trim().replaceAll(/\s+/g, "").replaceAll("×", "*").replace(/px$/, "");
  const shift = /^(\+=?|-=|\*=?|\/=?)(.+)$/.exec(text);
  const [, sign, rest] = shift ?? [];
  if (sign !== undefined && rest !== undefined) {
    const by = sum(rest, whole);
    if (by === null) return null;
    const operator = sign[0];
    return finish(operator === "+" ? current + by : operator === "-" ? current - by : operator === "*" ? current * by : current / by);
  }
  const value = sum(text, whole);
  return value === null ? null : finish(value);
}

function finish(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value) : null;
}

function sum(text: string, whole: number): number | null {
  const tokens = text.match(/\d+(?:\.\d+)?%?|[-+*/()]/g);
  if (!tokens || tokens.join("") !== text) return null;
  let at = 0;
  const peek = (): string | undefined => tokens[at];
  function factor(): number {
    const token = tokens?.[at];
    at += 1;
    if (token === "-") return -factor();
    if (token === "(") {
      const inner = terms();
      at += 1;
      return inner;
    }
    if (token?.endsWith("%")) return (Number(token.slice(0, -1)) / 100) * whole;
    return token === undefined ? NaN : Number(token);
  }
  function product(): number {
    let value = factor();
    while (peek() === "*" || peek() === "/") {
      const operator = tokens?.[at];
      at += 1;
      value = operator === "*" ? value * factor() : value / factor();
    }
    return value;
  }
  function terms(): number {
    let value = product();
    while (peek() === "+" || peek() === "-") {
      const operator = tokens?.[at];
      at += 1;
      value = operator === "+" ? value + product() : value - product();
    }
    return value;
  }
  const value = terms();
  return at === tokens.length && !Number.isNaN(value) ? value : null;
}
