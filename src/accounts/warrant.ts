/** What an act rests on until forms are in use: the number of a form or letter, and a reason. */
export interface Warrant {
  readonly form: string;
  readonly reason: string;
}
