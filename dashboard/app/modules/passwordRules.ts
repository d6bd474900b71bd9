export interface PasswordRule {
  text: string;
  met: boolean;
}

const SHORTEST = 10;
const LONGEST = 256;

/** The server's rules as far as the form can tell; it also refuses the best known passwords. */
export function passwordRules(password: string, username: string, email: string): PasswordRule[] {
  const lower = password.toLowerCase();
  const names = [username, email.split("@")[0] ?? "", "cloister"];
  const isName = names.some((name) => isMostly(lower, name.toLowerCase()));
  return [
    { text: `At least ${SHORTEST} characters; a few words are fine`, met: [...password].length >= SHORTEST },
    { text: "At least four different characters", met: new Set(lower).size >= 4 },
    { text: "Not just the account's or the product's name", met: password !== "" && !isName },
    ...(password.length > LONGEST ? [{ text: `At most ${LONGEST} characters`, met: false }] : []),
  ];
}

export function checkPassword(password: string, username: string, email: string): string | null {
  const unmet = passwordRules(password, username, email).find((rule) => !rule.met);
  return unmet ? `${unmet.text}.` : null;
}

function isMostly(password: string, name: string): boolean {
  return name.length >= 4 && password.includes(name) && password.length - name.length < 5;
}
