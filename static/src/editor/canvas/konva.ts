/** The parts of Konva that we draw with; the rest stays out of the bundle. */
import Konva from "konva/lib/Core.js";
import { Circle } from "konva/lib/shapes/Circle.js";
import { Image as Picture } from "konva/lib/shapes/Image.js";
import { Line } from "konva/lib/shapes/Line.js";
import { Path } from "konva/lib/shapes/Path.js";
import { Rect } from "konva/lib/shapes/Rect.js";
import { Text } from "konva/lib/shapes/Text.js";

const { Stage, Layer, Group } = Konva;
export { Circle, Group, Layer, Line, Path, Picture, Rect, Stage, Text };
export type KonvaGroup = InstanceType<typeof Group>;
export type KonvaLayer = InstanceType<typeof Layer>;
