/** schema.json as checks, the same file and the same verdicts as apps/layout_document/schema_check.py. Only the keywords that the file uses are understood. */

export interface Fault {
  readonly pointer: string;
  readonly code: string;
}

export type Check = (value: unknown, pointer: string, faults: Fault[]) => void;
export type Json = Readonly<Record<string, unknown>>;

const NOTES = new Set(["title", "description", "default", "$schema", "$id", "$defs", "discriminator"]);

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One step of a JSON pointer, escaped as RFC 6901 says. */
export function step(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** Turns a schema, and those it refers to, into a check. Throws for a keyword it does not know. */
export function compile(root: Json): Check {
  const definitions = root["$defs"] as Readonly<Record<string, Json>>;
  const known = new Map<string, Check>();

  function definition(reference: unknown): Json {
    const found = definitions[String(reference).replace("#/$defs/", "")];
    if (!found) throw new Error(`schema.json has no ${String(reference)}`);
    return found;
  }

  function make(schema: Json): Check {
    const given = new Map(Object.entries(schema).filter(([key]) => !NOTES.has(key)));
    const take = (key: string): unknown => {
      const value = given.get(key);
      given.delete(key);
      return value;
    };
    const check = makeFrom(schema, take);
    if (given.size > 0) throw new Error(`schema.json uses keywords nobody checks: ${[...given.keys()].join()}`);
    return check;
  }

  function makeFrom(schema: Json, take: (key: string) => unknown): Check {
    if ("$ref" in schema) {
      const name = String(take("$ref"));
      const check = known.get(name) ?? make(definition(name));
      known.set(name, check);
      return check;
    }
    if ("anyOf" in schema) {
      const inner = make((take("anyOf") as Json[])[0] ?? {});
      return (value, pointer, faults) => value === null || inner(value, pointer, faults);
    }
    if ("oneOf" in schema) return byKind(take("oneOf") as Json[], String((schema["discriminator"] as Json)["propertyName"]));
    if ("const" in schema) return choice([take("const")]);
    if ("enum" in schema) return choice(take("enum") as unknown[]);
    switch (take("type")) {
      case "object":
        if (take("additionalProperties") !== false) throw new Error("objects are closed here");
        return objects(take("required") as string[], take("properties") as Readonly<Record<string, Json>>);
      case "array":
        return arrays(take("maxItems") as number, make(take("items") as Json));
      case "string":
        return strings(Number(take("minLength") ?? 0), Number(take("maxLength") ?? Infinity), new RegExp(String(take("pattern")), "u"));
      case "integer":
        return numbers(true, take("minimum") as number, take("maximum") as number);
      case "number":
        return numbers(false, take("minimum") as number, take("maximum") as number);
      case "boolean":
        return (value, pointer, faults) => typeof value === "boolean" || faults.push({ pointer, code: "wrong_type" });
      default:
        throw new Error("schema.json uses a type nobody checks");
    }
  }

  function byKind(options: readonly Json[], name: string): Check {
    const checks = new Map(options.map((option) => [((definition(option["$ref"])["properties"] as Readonly<Record<string, Json>>)[name] ?? {})["const"], make(option)]));
    return (value, pointer, faults) => {
      if (!isObject(value)) faults.push({ pointer, code: "wrong_type" });
      else if (!(name in value)) faults.push({ pointer: pointer + step(name), code: "required" });
      else {
        const check = checks.get(value[name]);
        if (check) check(value, pointer, faults);
        else faults.push({ pointer: pointer + step(name), code: "not_allowed" });
      }
    };
  }

  function objects(required: readonly string[], properties: Readonly<Record<string, Json>>): Check {
    const checks = new Map(Object.entries(properties).map(([name, schema]) => [name, make(schema)]));
    return (value, pointer, faults) => {
      if (!isObject(value)) {
        faults.push({ pointer, code: "wrong_type" });
        return;
      }
      for (const name of required) if (!Object.hasOwn(value, name)) faults.push({ pointer: pointer + step(name), code: "required" });
      for (const [name, one] of Object.entries(value)) {
        const check = checks.get(name);
        if (check) check(one, pointer + step(name), faults);
        else faults.push({ pointer: pointer + step(name), code: "unknown_property" });
      }
    };
  }

  return make(root);
}

function choice(options: readonly unknown[]): Check {
  return (value, pointer, faults) => options.includes(value) || faults.push({ pointer, code: "not_allowed" });
}

function numbers(whole: boolean, low: number, high: number): Check {
  return (value, pointer, faults) => {
    if (typeof value !== "number" || !Number.isFinite(value) || (whole && !Number.isInteger(value))) faults.push({ pointer, code: "wrong_type" });
    else if (value < low) faults.push({ pointer, code: "too_small" });
    else if (value > high) faults.push({ pointer, code: "too_large" });
  };
}

function strings(shortest: number, longest: number, pattern: RegExp): Check {
  return (value, pointer, faults) => {
    if (typeof value !== "string") {
      faults.push({ pointer, code: "wrong_type" });
      return;
    }
    // Characters, as Python counts them, not UTF-16 halves.
    const length = [...value].length;
    if (length < shortest) faults.push({ pointer, code: "too_short" });
    else if (length > longest) faults.push({ pointer, code: "too_long" });
    else if (!pattern.test(value)) faults.push({ pointer, code: "bad_format" });
  };
}

function arrays(most: number, item: Check): Check {
  return (value, pointer, faults) => {
    if (!Array.isArray(value)) faults.push({ pointer, code: "wrong_type" });
    else if (value.length > most) faults.push({ pointer, code: "too_many" });
    else value.forEach((one, index) => item(one, `${pointer}/${index}`, faults));
  };
}
