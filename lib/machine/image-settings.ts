import { z } from "zod";
import { section, text } from "../azure/setting";
import { imageVersion, imageWord } from "../azure/virtual-machine";

/** An image in Azure's marketplace. */
export const imageSettings = section({
  /** The publisher of the image, such as Canonical. */
  publisher: text(imageWord),
  /** The offer of the image, such as ubuntu-24_04-lts. */
  offer: text(imageWord),
  /** The SKU of the image, such as server; it must be of generation 2. */
  sku: text(imageWord),
  /** The version of the image. */
  version: text(imageVersion).default("latest"),
});

/** An image in Azure's marketplace, with its defaults. */
export type Image = z.output<typeof imageSettings>;

/** What Linux machines run where nobody gives another image. */
export const UBUNTU: Image = {
  publisher: "Canonical",
  offer: "ubuntu-24_04-lts",
  sku: "server",
  version: "latest",
};
