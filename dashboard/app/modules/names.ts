/** The rule of user, workspace and template names; the server has the last word. */
const NAME = /^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/;
const LONGEST_NAME = 32;

export const NAME_RULE = "Letters, digits and single hyphens, at most 32 characters.";

export function checkName(name: string): string | null {
  if (name === "") return "Enter a name.";
  if (name.length > LONGEST_NAME) return `At most ${LONGEST_NAME} characters.`;
  if (!NAME.test(name)) return "Only letters, digits and single hyphens between them.";
  return null;
}

export function checkEmail(email: string): string | null {
  return /^[^\s@]+@[^\s@]+$/.test(email) ? null : "Enter an e-mail address.";
}
