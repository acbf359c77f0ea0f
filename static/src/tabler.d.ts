declare module "@tabler/core/dist/js/tabler.esm.min.js";
declare module "hls.js/light" {
  export { default } from "hls.js";
}
