Console.WriteLine("trueup");
