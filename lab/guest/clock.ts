/** The file in a machine that says how far its services' clock is off. */
export const CLOCK = "/run/lab-clock";

/**
 * What gives a service a clock of its own: all machines share the one of the machine outside. The time since a machine
 * was started, which nothing makes jump, stays as it is.
 */
export function withClock(): string {
  const variables = {
    LD_PRELOAD: "/usr/$LIB/faketime/libfaketime.so.1",
    FAKETIME_TIMESTAMP_FILE: CLOCK,
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    DONT_FAKE_MONOTONIC: "1",
  };
  const lines = Object.entries(variables).map(([name, value]) => `Environment=${name}=${value}`);
  return ["[Service]", ...lines, ""].join("\n");
}
