/** Stand-ins for people who are not there yet: who is shown in which seat while a layout is tried out. */

export const MOST_PEOPLE = 17;

/** What a stand-in sends, and what it is called. */
export type Looks = "camera" | "off" | "portrait" | "wide-screen" | "tall-screen";
export type Names = "plain" | "long" | "chinese" | "japanese" | "arabic" | "emoji";
/** What all of them are like; "mixed" gives each something else. */
export type Cast = "plain" | "mixed" | Exclude<Looks, "camera"> | Exclude<Names, "plain">;

export const CASTS: readonly Cast[] = ["plain", "mixed", "off", "portrait", "wide-screen", "tall-screen", "long", "chinese", "japanese", "arabic", "emoji"];

/** How many have joined, in join order, and what they are like. */
export interface People {
  readonly count: number;
  readonly cast: Cast;
}

export const EVERYBODY: People = { count: MOST_PEOPLE, cast: "plain" };

export interface Guest {
  readonly present: boolean;
  readonly looks: Looks;
  /** Empty: the region's own name is shown. */
  readonly name: string;
}

const NAMES: Record<Exclude<Names, "plain">, readonly string[]> = {
  long: ["Bartholomew Featherstonehaugh-Cholmondeley of Abergavenny", "Maria-Antonieta Rodríguez de la Fuente y Castellanos"],
  chinese: ["欧阳晓明", "王小红（上海演播室）"],
  japanese: ["佐藤さくら", "長谷川ひろし（東京）"],
  arabic: ["عبد الرحمن بن محمد الأنصاري", "فاطمة الزهراء"],
  emoji: ["🎤 Kim 🎉", "👩🏽‍🚀 Ada"],
};
const MIX: ReadonlyArray<readonly [Looks, Names]> = [["camera", "plain"], ["portrait", "long"], ["off", "chinese"], ["wide-screen", "plain"], ["camera", "arabic"], ["tall-screen", "emoji"], ["portrait", "japanese"], ["off", "plain"]];

function isNames(cast: Cast): cast is Exclude<Names, "plain"> {
  return cast in NAMES;
}

function bothOf(cast: Cast, seat: number): readonly [Looks, Names] {
  if (cast === "plain") return ["camera", "plain"];
  if (cast === "mixed") return MIX[seat % MIX.length] ?? ["camera", "plain"];
  return isNames(cast) ? ["camera", cast] : [cast, "plain"];
}

/** Who sits in the seat of this number, counted from 0 in the order in which people take seats. */
export function guestAt(seat: number, { count, cast }: People): Guest {
  const present = seat < count;
  const [looks, names] = bothOf(cast, seat);
  const known = names === "plain" ? [] : NAMES[names];
  return { present, looks, name: known[seat % Math.max(1, known.length)] ?? "" };
}

/** Width to height of what a stand-in sends. */
export function shapeOf(looks: Looks): readonly [number, number] {
  return looks === "portrait" ? [9, 16] : looks === "tall-screen" ? [16, 10] : [16, 9];
}
