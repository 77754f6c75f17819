/**
 * The view engine: compiles the templates that sit beside their handlers and renders them in one layout.
 * Strict Handlebars: a field that is missing from the model throws, everything is escaped, no prototype access.
 * Text comes through `{{t 'key'}}` alone; every key written in a template is looked up when it is compiled.
 */
import { readFileSync, readdirSync } from 'node:fs';
import Handlebars from 'handlebars';
import { localBrand, type Brand } from './brand.ts';
import { checkTemplate } from './check-template.ts';
import { registerHelpers } from './template-helpers.ts';
import { languageSwitch, type ViewContext } from './view-context.ts';

export type { ViewContext } from './view-context.ts';

/** Gives a complete HTML document. */
export type Page<Model> = (view: ViewContext, model: Model) => string;

export interface Views {
  /** Compiles the template; throws when it is malformed or names a text that does not exist. */
  page<Model extends object>(template: URL): Page<Model>;
}

export interface ViewsDependencies {
  readonly brand: Brand;
  readonly assets: { url(name: string): string };
}

const partialsFolder = new URL('./partials/', import.meta.url);

export function createViews({ brand, assets }: ViewsDependencies): Views {
  const handlebars = Handlebars.create();
  registerHelpers(handlebars, assets);
  for (const file of readdirSync(partialsFolder).filter((name) => name.endsWith('.hbs'))) {
    handlebars.registerPartial(file.slice(0, -'.hbs'.length), readTemplate(new URL(file, partialsFolder)));
  }
  const brands = { 'zh-TW': localBrand(brand, 'zh-TW'), en: localBrand(brand, 'en') };

  return {
    page<Model extends object>(template: URL): Page<Model> {
      const render = handlebars.compile<Model>(readTemplate(template), {
        strict: true,
        // Else the layout would indent what stands in a textarea or a pre, too.
        preventIndent: true,
      });
      return (view, model) =>
        render(model, {
          data: {
            language: view.language,
            requestId: view.requestId,
            languageSwitch: languageSwitch(view),
            brand: brands[view.language],
          },
          allowProtoPropertiesByDefault: false,
          allowProtoMethodsByDefault: false,
        });
    },
  };
}

function readTemplate(template: URL): string {
  const source = readFileSync(template, 'utf8');
  checkTemplate(source, template.pathname);
  return source;
}
