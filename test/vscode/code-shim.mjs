#!/usr/bin/env node
// Stands in for the desktop `code` executable where there is none: same arguments, same exit code.
import { require } from "tsx/cjs/api";

require("./shim.ts", import.meta.url);
