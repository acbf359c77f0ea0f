/** The nine points of a box that X and Y may mean, as shares of its sides; the first is the usual one. */
export interface Reference {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

const STEPS = [0, 0.5, 1] as const;

export const REFERENCES: readonly [Reference, ...Reference[]] = [
  { name: "0 0", x: 0, y: 0 },
  ...STEPS.flatMap((y) => STEPS.map((x) => ({ name: `${x} ${y}`, x, y }))).slice(1),
];
