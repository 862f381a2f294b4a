import { connect } from "node:net";

// A program of its own, run in a client's namespace: `holder.ts HOST COUNT` opens connections, prints a line when all
// are open, and keeps them until it is ended.

async function main(host: string, count: number): Promise<void> {
  let waiting = count;
  const worker = async (): Promise<void> => {
    while (waiting > 0) {
      waiting -= 1;
      await new Promise<void>((resolve, reject) => {
        const socket = connect({ host, port: 443 }, resolve);
        socket.once("error", reject);
      });
    }
  };
  await Promise.all(Array.from({ length: 200 }, worker));
  console.log(`${count} are open`);
}

if (require.main === module) {
  main(process.argv[2] ?? "", Number(process.argv[3])).catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
  });
}
