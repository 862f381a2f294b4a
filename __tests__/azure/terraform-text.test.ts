import { Fn, Token } from "cdktf";
import { escapeTemplate } from "../../lib/azure/terraform-text";

it.each([
  ["${path.cwd}", "$${path.cwd}"],
  ["%{ if true }x%{ endif }", "%%{ if true }x%%{ endif }"],
  ["a ${b} c ${d}", "a $${b} c $${d}"],
  // Terraform reads $$${ as the text $${: the first dollar sign stands for itself.
  ["$${a}", "$$${a}"],
  ["%${a}", "%$${a}"],
])("%s becomes the text %s", (typed, written) => {
  expect(escapeTemplate(typed)).toBe(written);
});

it.each(["", "Contoso", "100 %", "5 $ {x}", "{}", "$$", "a$", "${".slice(0, 1), "back\\slash"])("%j stays", (text) => {
  expect(escapeTemplate(text)).toBe(text);
});

it.each([Token.asString({ resolve: () => "later" }), `before ${Token.asString(Fn.upper("x"))} after`])(
  "text with a token stays",
  (text) => {
    expect(escapeTemplate(text)).toBe(text);
  },
);
