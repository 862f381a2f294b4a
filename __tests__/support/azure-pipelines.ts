import { z } from "zod";

// What Azure Pipelines takes, as far as a pipeline here may use it: an unknown key is refused there, and here.
// https://learn.microsoft.com/azure/devops/pipelines/yaml-schema

const name = z.string().regex(/^[A-Za-z_]\w*$/);
const texts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const branches = z.strictObject({ include: z.array(z.string()).optional(), exclude: z.array(z.string()).optional() });
const paths = branches;
const pool = z.strictObject({ vmImage: z.string() });

const everyStep = {
  displayName: z.string().optional(),
  name: name.optional(),
  condition: z.string().optional(),
  continueOnError: z.boolean().optional(),
  enabled: z.boolean().optional(),
  env: texts.optional(),
  timeoutInMinutes: z.number().optional(),
};

/** The inputs of the tasks that are used. */
const inputs = {
  // https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/azure-cli-v2
  "AzureCLI@2": z.strictObject({
    azureSubscription: z.string(),
    scriptType: z.enum(["bash", "pscore", "batch", "ps"]),
    scriptLocation: z.enum(["inlineScript", "scriptPath"]),
    inlineScript: z.string(),
    workingDirectory: z.string().optional(),
  }),
  // https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/node-tool-v0
  "NodeTool@0": z.strictObject({ versionSpec: z.string() }),
};

const step = z.union([
  z.strictObject({ task: z.literal("AzureCLI@2"), inputs: inputs["AzureCLI@2"], ...everyStep }),
  z.strictObject({ task: z.literal("NodeTool@0"), inputs: inputs["NodeTool@0"], ...everyStep }),
  z.strictObject({ script: z.string(), workingDirectory: z.string().optional(), ...everyStep }),
  z.strictObject({ bash: z.string(), workingDirectory: z.string().optional(), ...everyStep }),
  z.strictObject({
    checkout: z.enum(["self", "none"]),
    fetchDepth: z.number().optional(),
    persistCredentials: z.boolean().optional(),
    ...everyStep,
  }),
  z.strictObject({ publish: z.string(), artifact: z.string().optional(), ...everyStep }),
  z.strictObject({ download: z.string(), artifact: z.string().optional(), ...everyStep }),
]);
const steps = z.array(step).min(1);

const everyJob = {
  displayName: z.string().optional(),
  dependsOn: z.union([name, z.array(name)]).optional(),
  condition: z.string().optional(),
  timeoutInMinutes: z.number().max(360).optional(),
  pool: pool.optional(),
  variables: texts.optional(),
};
const jobs = z
  .array(
    z.union([
      z.strictObject({ job: name, steps, ...everyJob }),
      z.strictObject({
        // the word deploy is no name.
        deployment: name.refine((one) => one !== "deploy"),
        environment: z.string(),
        strategy: z.strictObject({ runOnce: z.strictObject({ deploy: z.strictObject({ steps }) }) }),
        ...everyJob,
      }),
    ]),
  )
  .min(1);
const stage = z.strictObject({
  stage: name,
  displayName: z.string().optional(),
  dependsOn: z.union([name, z.array(name)]).optional(),
  condition: z.string().optional(),
  jobs,
});

const whole = {
  name: z.string().optional(),
  trigger: z.union([z.literal("none"), z.strictObject({ branches: branches.optional(), paths: paths.optional() })]),
  pr: z.union([z.literal("none"), z.strictObject({ branches: branches.optional(), paths: paths.optional() })]),
  schedules: z
    .array(
      z.strictObject({
        cron: z.string().regex(/^(\S+ ){4}\S+$/),
        displayName: z.string().optional(),
        branches,
        always: z.boolean().optional(),
      }),
    )
    .optional(),
  lockBehavior: z.enum(["sequential", "runLatest"]).optional(),
  pool,
  variables: texts.optional(),
};

/** A pipeline: stages, or jobs, or steps. */
export const azurePipeline = z.union([
  z.strictObject({ ...whole, stages: z.array(stage).min(1) }),
  z.strictObject({ ...whole, jobs }),
  z.strictObject({ ...whole, steps }),
]);
