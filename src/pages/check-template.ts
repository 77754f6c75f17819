/** What a template may not contain, said when it is compiled and not when somebody meets the page. */
import Handlebars from 'handlebars';
import { findMessage } from './messages/catalogue.ts';

/** Throws when `source` is malformed, prints anything unescaped, or names a text that does not exist. */
export function checkTemplate(source: string, name: string): void {
  const faults: string[] = [];
  const checkText = (call: hbs.AST.MustacheStatement | hbs.AST.SubExpression) => {
    const [key] = call.params;
    if (call.path.type !== 'PathExpression' || (call.path as hbs.AST.PathExpression).original !== 't') return;
    if (key?.type === 'StringLiteral' && !findMessage((key as hbs.AST.StringLiteral).value)) {
      faults.push(`no message has the key ${(key as hbs.AST.StringLiteral).value}`);
    }
  };
  class Checker extends Handlebars.Visitor {
    override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
      if (!mustache.escaped) faults.push(`line ${mustache.loc.start.line} prints unescaped`);
      checkText(mustache);
      super.MustacheStatement(mustache);
    }
    override SubExpression(expression: hbs.AST.SubExpression): void {
      checkText(expression);
      super.SubExpression(expression);
    }
  }
  new Checker().accept(Handlebars.parse(source));
  if (/\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)/.test(source))
    faults.push('has an inline style or script');
  if (faults.length > 0) throw new Error(`${name}: ${faults.join('; ')}`);
}
