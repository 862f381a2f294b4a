// Who may import whom; `npm run lint` judges it, type imports included. ARCHITECTURE.md has the picture.

/** The folders of lib from the ground up: each imports of the floors below it only, and of none beside it. */
const floors = [
  ["azure"],
  ["network", "machine", "guest"],
  ["dns"],
  ["provider", "consumer"],
  ["deployment"],
  ["stacks"],
];

/** The rooms of the review in the order of the work: each imports of those before it only. */
const rooms = ["read", "facts", "plan", "findings", "report", "picture"];

const inReview = (folders) => `^review/(${folders.join("|")})/`;

const forward = rooms.map((room, index) => ({
  name: `review-${room}-imports-earlier-rooms-only`,
  comment: `review/${room} may import ${rooms.slice(0, index).join(", ") || "no other room of the review"}`,
  severity: "error",
  from: { path: inReview([room]) },
  to: { path: "^review/", pathNot: inReview(rooms.slice(0, index + 1)) },
}));

const inLib = (folders) => `^lib/(${folders.join("|")})/`;

const upward = floors.flatMap((floor, index) =>
  floor.map((folder) => ({
    name: `${folder}-imports-downward-only`,
    comment: `lib/${folder} may import ${floors.slice(0, index).flat().join(", ") || "no other folder of lib"}`,
    severity: "error",
    from: { path: inLib([folder]) },
    to: { path: "^lib/", pathNot: inLib([folder, ...floors.slice(0, index).flat()]) },
  })),
);

const forbidden = [
  ...upward,
  ...forward,
  {
    name: "every-folder-has-a-floor",
    comment: "a new folder of lib is put on a floor in .dependency-cruiser.mjs",
    severity: "error",
    from: { path: "^lib/[^/]+/", pathNot: inLib(floors.flat()) },
    to: {},
  },
  {
    name: "no-circle",
    comment: "what two files both need goes into a third",
    severity: "error",
    from: {},
    to: { circular: true },
  },
  {
    name: "lib-stands-alone",
    comment: "lib is what others install: nothing of it needs the commands, the lab, the tests or a devDependency",
    severity: "error",
    from: { path: "^lib/" },
    to: { path: "^(commands|lab|review|policies|__tests__|main\\.ts)" },
  },
  {
    name: "lib-needs-no-dev-dependency",
    comment: "lib is what others install, without devDependencies",
    severity: "error",
    from: { path: "^(lib/|main\\.ts)" },
    to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm-peer"] },
  },
  {
    name: "lab-reads-terraform-only",
    comment: "the lab sees what Azure would see: the synthesized Terraform",
    severity: "error",
    from: { path: "^lab/" },
    to: { path: "^(lib|policies|commands|__tests__)/|^main\\.ts" },
  },
  {
    name: "review-reads-terraform-only",
    comment: "the review sees what a reviewer would see: the synthesized Terraform",
    severity: "error",
    from: { path: "^review/" },
    to: { path: "^(lib|lab|policies|commands|__tests__)/|^main\\.ts" },
  },
  {
    name: "policies-read-terraform-only",
    comment: "policies judge what a reviewer would see: the synthesized Terraform, read as the review reads it",
    severity: "error",
    from: { path: "^policies/" },
    to: { path: "^(lib|lab|commands|__tests__)/|^main\\.ts" },
  },
  {
    name: "policies-stand-alone",
    comment:
      "each file in policies/ is one policy, found by its place; what two need stands in policies/judge or in review",
    severity: "error",
    from: { path: "^policies/" },
    to: { path: "^policies/[^/]+\\.ts$" },
  },
  {
    name: "commands-need-no-tests",
    comment: "what a command and a test both need stands in commands",
    severity: "error",
    from: { path: "^commands/" },
    to: { path: "^__tests__/" },
  },
  {
    name: "three-shapes-of-specifiers",
    comment:
      "cdktf, constructs and @cdktf/provider-azurerm/lib/<resource> only: the whole of the bindings takes three times as long " +
      "to load and five times the memory, and with three shapes the move to CDK Terrain is a rename",
    severity: "error",
    from: {},
    to: {
      path: "node_modules/(cdktf|constructs|@cdktf/provider-azurerm)/",
      pathNot: "node_modules/((cdktf|constructs)/lib/index\\.|@cdktf/provider-azurerm/lib/[^/]+/index\\.)",
    },
  },
];

export default {
  forbidden,
  options: {
    doNotFollow: { path: "node_modules" },
    // an import of a type alone is an import.
    tsPreCompilationDeps: true,
  },
};
